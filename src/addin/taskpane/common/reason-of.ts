/**
 * The words of whatever was thrown.
 * @module
 */

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
