/** Why EC2 does not take a kind of key, by its SSH name; null for one that it takes (CreateKeyPair, ImportKeyPair: rsa and ed25519). */
export function unsupportedBecause(algorithm: string): string | null {
  if (algorithm === 'ssh-rsa' || algorithm === 'ssh-ed25519') return null;
  return `EC2 accepts only RSA and ED25519 keys, and this is ${kindName(algorithm)}`;
}

function kindName(algorithm: string): string {
  if (algorithm.includes('-cert-')) return `a certificate (${algorithm})`;
  if (algorithm.startsWith('sk-')) return `a key that needs a hardware authenticator (${algorithm})`;
  if (algorithm === 'ssh-dss') return 'a DSA key, which OpenSSH no longer supports either';
  if (algorithm.startsWith('ecdsa-')) return `an ECDSA key (${algorithm})`;
  return `a key of the kind ${algorithm}`;
}

/** "RSA", "ED25519", "ECDSA", as ssh-keygen -l writes them. */
export function shortName(algorithm: string): string {
  if (algorithm.includes('-cert-')) return 'certificate';
  if (algorithm === 'ssh-rsa') return 'RSA';
  if (algorithm === 'ssh-dss') return 'DSA';
  if (algorithm.startsWith('sk-')) return algorithm.includes('ed25519') ? 'ED25519-SK' : 'ECDSA-SK';
  return algorithm.startsWith('ecdsa-') ? 'ECDSA' : algorithm.replace(/^ssh-/, '').toUpperCase();
}
