import { crc32, deflateRawSync } from "node:zlib";

/** A file in a zip that a test writes; what is left out is as an honest program writes it. */
export interface ZippedFile {
  name: string | Buffer;
  data?: string | Buffer;
  /** Unix mode with the file's type; 0o100644 where left out. */
  mode?: number;
  /** What the zip says that it inflates to. */
  saysBytes?: number;
  encrypted?: boolean;
  method?: number;
  /** Another's data: the index of an earlier file. */
  sharesWith?: number;
}

/** The bytes of a zip. */
export function zipOf(files: readonly ZippedFile[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const file of files) {
    const data = Buffer.from(file.data ?? "");
    const packed = deflateRawSync(data, { memLevel: 1 });
    const name = Buffer.from(file.name);
    const header = headerOf(file, data, packed, name.length);
    const at = file.sharesWith === undefined ? offset : offsets[file.sharesWith];
    if (file.sharesWith === undefined) {
      const local = Buffer.concat([Buffer.from("PK\x03\x04"), header, name, packed]);
      locals.push(local);
      offset += local.length;
    }
    offsets.push(at);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x03", "latin1"), header, tail, name]));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from("PK\x05\x06"), end]);
}

/** What local and central header share: version to the length of the extra field. */
function headerOf(file: ZippedFile, data: Buffer, packed: Buffer, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  const isUtf8 = 0x800;
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(isUtf8 | (file.encrypted ? 1 : 0), 2);
  header.writeUInt16LE(file.method ?? 8, 4);
  header.writeUInt16LE(0x6000, 6);
  // 2026-11-20 in DOS's form.
  header.writeUInt16LE(((2026 - 1980) << 9) | (11 << 5) | 20, 8);
  header.writeUInt32LE(crc32(data), 10);
  header.writeUInt32LE(packed.length, 14);
  header.writeUInt32LE(file.saysBytes ?? data.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}
