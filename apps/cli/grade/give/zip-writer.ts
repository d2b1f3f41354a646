import { crc32, deflateRawSync } from "node:zlib";

export interface ZipFile {
  /** With `/`, relative. */
  path: string;
  bytes: Uint8Array;
  isExecutable?: boolean;
}

const LOCAL_HEAD = 0x04034b50;
const CENTRAL_HEAD = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const DEFLATED = 8;
/** 1980-01-01, the first day that a zip knows: the same files give the same bytes. */
const DATE = (1 << 5) | 1;
const UNIX = 3;
const FILE_MODE = 0o100644;
const PROGRAM_MODE = 0o100755;

/** A zip of these files in their order (APPNOTE 6.3, without zip64). @throws RangeError beyond 65,535 files or 4 GiB */
export function zipOf(files: readonly ZipFile[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes, isExecutable } of files) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(bytes);
    const sizes = [crc32(bytes), packed.length, bytes.length];
    const head = record(30);
    head.writeUInt32LE(LOCAL_HEAD, 0);
    head.writeUInt16LE(VERSION, 4);
    writeFacts(head, 6, sizes, name.length);
    const entry = record(46);
    entry.writeUInt32LE(CENTRAL_HEAD, 0);
    entry.writeUInt16LE((UNIX << 8) | VERSION, 4);
    entry.writeUInt16LE(VERSION, 6);
    writeFacts(entry, 8, sizes, name.length);
    entry.writeUInt32LE(((isExecutable ? PROGRAM_MODE : FILE_MODE) << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    parts.push(head, name, packed);
    central.push(entry, name);
    offset += head.length + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = record(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

function record(length: number): Buffer {
  return Buffer.alloc(length);
}

/** What a file's two records say alike. */
function writeFacts(head: Buffer, at: number, [crc, packed, size]: readonly number[], nameLength: number): void {
  head.writeUInt16LE(FLAGS, at);
  head.writeUInt16LE(DEFLATED, at + 2);
  head.writeUInt16LE(0, at + 4);
  head.writeUInt16LE(DATE, at + 6);
  head.writeUInt32LE(crc, at + 8);
  head.writeUInt32LE(packed, at + 12);
  head.writeUInt32LE(size, at + 16);
  head.writeUInt16LE(nameLength, at + 20);
}
