import * as z from 'zod';

const ALLOWED_IMAGES = ['disabled', 'audit-mode', 'enabled'] as const;

/** What a region is set to do with images; null where it was not read. */
export const imageSettingsSchema = z.strictObject({
  allowedImages: z
    .enum(ALLOWED_IMAGES)
    .nullable()
    .describe('Allowed AMIs. "enabled" hides images of other accounts that its criteria do not allow.'),
  encryptionByDefault: z.boolean().nullable().describe('Whether EBS encrypts every new volume and copy.'),
});
export type ImageSettings = z.infer<typeof imageSettingsSchema>;

export const UNKNOWN_SETTINGS: ImageSettings = { allowedImages: null, encryptionByDefault: null };

/** A state that AWS adds later says nothing that is known here. */
export function allowedImagesFrom(state: string | undefined): ImageSettings['allowedImages'] {
  return ALLOWED_IMAGES.find((known) => known === state) ?? null;
}
