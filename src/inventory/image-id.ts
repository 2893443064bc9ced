/** "ami-" with 8 digits, of before 2016, or 17 (EC2 User Guide, resource IDs); EC2 refuses what is no such id as malformed. */
export function isImageId(text: string): boolean {
  return /^ami-[0-9a-fA-F]{8,17}$/.test(text);
}
