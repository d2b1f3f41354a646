import { COMMAND_WORDS } from "../contract/binary.ts";
import { encodeCommand } from "../contract/encode.ts";
import type { Random } from "../flow/random.ts";
import { HostileFlow } from "./hostile-flow.ts";

/** Words at which a field's range or a code's bits end. */
const EDGES = [0, 1, -1, 0x7fffffff, -0x80000000, 0x00ffffff, 0x01000000, 0xff, 0xf0000001, 0x10000001];

/**
 * Words of command records as a stranger might write them: a hostile flow's, of which some have a word or a few bits that
 * are anything at all. Some batches end in words that are too few for a record.
 *
 * @param records how many whole records
 * @param spoiledOf256 of 256 records, how many are changed
 */
export function hostileRecords(random: Random, records: number, spoiledOf256: number): Int32Array {
  const flow = new HostileFlow(random);
  const leftOver = random.below(4) === 0 ? random.below(COMMAND_WORDS) : 0;
  const words = new Int32Array(records * COMMAND_WORDS + leftOver);
  for (let at = 0; at < records * COMMAND_WORDS; at += COMMAND_WORDS) {
    encodeCommand(flow.next(), words, at);
    if (random.below(256) < spoiledOf256) spoil(random, words, at);
  }
  for (let at = words.length - leftOver; at < words.length; at++) words[at] = random.next();
  return words;
}

function spoil(random: Random, words: Int32Array, at: number): void {
  const word = at + random.below(COMMAND_WORDS);
  switch (random.below(4)) {
    case 0:
      words[word] = random.next();
      break;
    case 1:
      words[word] = EDGES[random.below(EDGES.length)];
      break;
    case 2:
      words[word] ^= 1 << random.below(32);
      break;
    default: {
      // Any code, in any of the fields of an add's first word.
      const shift = 4 * random.below(8);
      words[at] = (words[at] & ~(0xf << shift)) | (random.below(16) << shift);
    }
  }
}
