import { referenceDangling } from './dangling.ts';
import { referenceHardCodedGroup, referenceHardCodedImage } from './hard-coded.ts';
import { referenceMissingParameter } from './missing-parameter.ts';
import { referenceNoRegionMapping } from './no-region-mapping.ts';
import { referenceUnsuitableImage } from './unsuitable-image.ts';

export const referenceRules = [
  referenceDangling,
  referenceHardCodedImage,
  referenceHardCodedGroup,
  referenceNoRegionMapping,
  referenceMissingParameter,
  referenceUnsuitableImage,
];
