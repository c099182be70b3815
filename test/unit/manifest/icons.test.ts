import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";

/** Width, height and chunks of a PNG, read according to its specification. */
function readPng(file: string) {
  const bytes = readFileSync(file);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const data: Buffer[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString("latin1", at + 4, at + 8) === "IDAT")
      data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), colourType: bytes[25], data };
}

const truecolourWithAlpha = 6;

const icons = [
  ["color", 192] as const,
  ["outline", 32] as const,
  ...[16, 32, 64, 80, 128].map((size) => ["icon", size] as const),
  ...["refresh", "more"].flatMap((name) => [16, 32, 80].map((size) => [name, size] as const)),
];

describe.each(icons)("%s of %i px", (name, size) => {
  const icon = readPng(`assets/${name}-${size}.png`);

  it("has that size, and room for transparency", () => {
    expect(icon).toMatchObject({ width: size, height: size, colourType: truecolourWithAlpha });
  });

  it("shows something on a transparent background", () => {
    const rowLength = 1 + size * 4;
    const pixels = inflateSync(Buffer.concat(icon.data));
    expect(pixels.length).toBe(rowLength * size);
    expect(new Set(pixels).size).toBeGreaterThan(4);
  });
});
