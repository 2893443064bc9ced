export const GROUPS = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html';
export const RULES = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-rules.html';
