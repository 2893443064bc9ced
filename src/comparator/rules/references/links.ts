/** Pages of the AWS documentation. */
export const PARAMETERS =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-systems-manager-parameter-to-find-AMI.html';
export const MAPPINGS =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/mappings-section-structure.html';
export const TEMPLATES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-launch-templates.html';
