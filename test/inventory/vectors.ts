/** Throw-away public keys with what OpenSSL 3.0 and OpenSSH 9.2 print for them. */
export const RSA = {
  line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCaP/Ze5Q812zkbVyml4dmjfQRJ7toa70Kb20ePi8+4TwNikTTt1MW4fbyBIqgt+lxKK9Gs6aJqUYIAyg4kX7khPMtSrQv+yDAXjCmkxrRpjFD9kfASPIJ9cjUvYo9gU0PlVjCPQgm7jcDwBPolMP1PAVR4YWfe2/e3FOF+DSik0kDeyRXensajwh5BbPAHrG+irQTm/K9arWH31v0LBzISpv7ndJ5xzXmbxMgTBfFUiQuSdXKMiWPx8P5JKUuyEPEuc3AcXaL/TEWLEAvmqFhtUwxYS1YpfHE2uyaz0pfdZDKkHKw5+/4s3t7ZVVu5XVoySNRM3EvV2tm4Q7ezK/7n demo@host',
  /** ssh-keygen -l -f */
  sha256: 'ig3i9erZKOoJS9re+NDNBN99mcMGeZQX2tKaA3UC9Wk',
  /** openssl rsa -pubout -outform DER | openssl md5 -c: what EC2 shows after ImportKeyPair */
  md5OfSpki: 'fd:df:92:dd:48:73:b5:a6:c0:4f:16:3d:35:ae:c6:e5',
  /** ssh-keygen -l -E md5: what the API reference promises */
  md5OfBlob: '47:71:d9:7f:b5:bc:62:b6:70:ee:c0:76:39:8b:89:92',
  /** openssl pkcs8 -topk8 -nocrypt -outform DER | openssl sha1 -c: what EC2 shows after CreateKeyPair */
  sha1OfPrivate: '52:03:ef:cf:92:d7:29:f4:eb:65:fb:bb:36:39:0c:4e:2e:25:34:87',
} as const;

export const ED25519 = {
  line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICCsmL2Am788PfJodSvi9qUOlX72Si3efN+kXyKSfy6O demo@host',
  sha256: 'R42hTBr+kfu5p3E++hE9JZPK51MylaNDlRaunwla3ro',
} as const;
