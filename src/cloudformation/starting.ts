/** Resource types that start EC2 instances, or say how others start them. The registry does not contain this. */
export const STARTING: ReadonlySet<string> = new Set([
  'AWS::AppStream::Fleet',
  'AWS::AppStream::ImageBuilder',
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::Batch::ComputeEnvironment',
  'AWS::BedrockAgentCore::CapacityProvider',
  'AWS::Cloud9::EnvironmentEC2',
  'AWS::CodeBuild::Fleet',
  'AWS::DataPipeline::Pipeline',
  'AWS::Deadline::Fleet',
  'AWS::EC2::EC2Fleet',
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::EC2::SpotFleet',
  'AWS::ECS::CapacityProvider',
  'AWS::EKS::Nodegroup',
  'AWS::EMR::Cluster',
  'AWS::EMR::InstanceFleetConfig',
  'AWS::EMR::InstanceGroupConfig',
  'AWS::EVS::Environment',
  'AWS::ElasticBeanstalk::ConfigurationTemplate',
  'AWS::ElasticBeanstalk::Environment',
  'AWS::GameLift::ContainerFleet',
  'AWS::GameLift::Fleet',
  'AWS::GameLift::GameServerGroup',
  'AWS::ImageBuilder::ContainerRecipe',
  'AWS::ImageBuilder::Image',
  'AWS::ImageBuilder::ImagePipeline',
  'AWS::ImageBuilder::ImageRecipe',
  'AWS::ImageBuilder::InfrastructureConfiguration',
  'AWS::Lambda::CapacityProvider',
  'AWS::OpsWorks::Instance',
  'AWS::OpsWorks::Layer',
  'AWS::OpsWorks::Stack',
  'AWS::OpsWorksCM::Server',
  'AWS::PCS::ComputeNodeGroup',
  'AWS::SageMaker::Cluster',
  'AWS::SageMaker::NotebookInstance',
  'AWS::WorkSpaces::Workspace',
  'AWS::WorkSpaces::WorkspacesPool',
  'AWS::WorkspacesInstances::WorkspaceInstance',
]);

/** Types that name a key pair, an image, a launch template or an instance type, and start nothing by themselves. */
export const NOT_STARTING: ReadonlySet<string> = new Set([
  'AWS::Batch::JobDefinition',
  'AWS::DRS::ReplicationConfigurationTemplate',
  'AWS::EC2::CapacityReservation',
  'AWS::EC2::CapacityReservationFleet',
  'AWS::EC2::Host',
  'AWS::EKS::Cluster',
  'AWS::ImageBuilder::DistributionConfiguration',
  'AWS::NimbleStudio::StreamingImage',
  'AWS::RDS::CustomDBEngineVersion',
]);

/**
 * Types whose instances run in the service's own account or are of instance types of the service's own
 * ("db.t3.micro", "ml.t3.medium", "m5.large.search"): what EC2 offers decides nothing about them.
 */
export const OF_A_SERVICE: RegExp =
  /^AWS::(?:AmazonMQ|AppStream|CodeBuild|Deadline|Elasticsearch|GameLift::(?:Container)?Fleet$|M2|MSK|ManagedBlockchain|NimbleStudio|OpenSearchService|Pipes|RDS|Route53Resolver|SageMaker|Timestream|WorkSpacesWeb)(?:::|$)/;
