/** The package has no types, and npm has none for it. */
declare module 'bcrypt-pbkdf' {
  /** Fills `key`. @returns 0, or -1 where an argument cannot be used. */
  function pbkdf(
    pass: Uint8Array,
    passLength: number,
    salt: Uint8Array,
    saltLength: number,
    key: Uint8Array,
    keyLength: number,
    rounds: number,
  ): number;
  const bcrypt: { readonly pbkdf: typeof pbkdf };
  export default bcrypt;
}
