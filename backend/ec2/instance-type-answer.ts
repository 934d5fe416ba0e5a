import type { InstanceTypeInfo } from "@aws-sdk/client-ec2";
import type { Accelerator, InstanceTypeFacts } from "./instance-type-data";

/** The facts of an instance type in the words of DescribeInstanceTypes. */
export function instanceTypeAnswer(type: InstanceTypeFacts): InstanceTypeInfo {
  const { traits } = type;
  return {
    InstanceType: type.name as InstanceTypeInfo["InstanceType"],
    CurrentGeneration: traits.current,
    FreeTierEligible: traits.freeTier,
    SupportedUsageClasses: [...traits.usage] as InstanceTypeInfo["SupportedUsageClasses"],
    SupportedRootDeviceTypes: [...traits.rootDevices] as InstanceTypeInfo["SupportedRootDeviceTypes"],
    SupportedVirtualizationTypes: [...traits.virtualization] as InstanceTypeInfo["SupportedVirtualizationTypes"],
    BareMetal: traits.bareMetal,
    Hypervisor: (traits.hypervisor ?? undefined) as InstanceTypeInfo["Hypervisor"],
    ProcessorInfo: {
      SupportedArchitectures: [...traits.architectures] as NonNullable<
        InstanceTypeInfo["ProcessorInfo"]
      >["SupportedArchitectures"],
      SustainedClockSpeedInGhz: traits.clockGhz,
      Manufacturer: traits.manufacturer,
    },
    VCpuInfo: {
      DefaultVCpus: type.vCpus,
      DefaultCores: type.cores,
      DefaultThreadsPerCore: type.threadsPerCore,
    },
    MemoryInfo: { SizeInMiB: type.memoryMiB },
    InstanceStorageSupported: type.localStorageGB !== undefined,
    InstanceStorageInfo: type.localStorageGB === undefined ? undefined : { TotalSizeInGB: type.localStorageGB },
    EbsInfo: ebsAnswer(type),
    NetworkInfo: networkAnswer(type),
    GpuInfo: traits.gpus && { Gpus: traits.gpus.map(acceleratorAnswer), TotalGpuMemoryInMiB: totalMemory(traits.gpus) },
    FpgaInfo: traits.fpgas && {
      Fpgas: traits.fpgas.map(acceleratorAnswer),
      TotalFpgaMemoryInMiB: totalMemory(traits.fpgas),
    },
    PlacementGroupInfo: { SupportedStrategies: [...traits.placement] as PlacementStrategies },
    HibernationSupported: traits.hibernation,
    BurstablePerformanceSupported: traits.burstable,
    DedicatedHostsSupported: traits.dedicatedHosts,
    AutoRecoverySupported: traits.autoRecovery,
    SupportedBootModes: [...traits.bootModes] as InstanceTypeInfo["SupportedBootModes"],
    NitroEnclavesSupport: traits.nitroEnclaves as InstanceTypeInfo["NitroEnclavesSupport"],
    NitroTpmSupport: traits.nitroTpm as InstanceTypeInfo["NitroTpmSupport"],
  };
}

type PlacementStrategies = NonNullable<InstanceTypeInfo["PlacementGroupInfo"]>["SupportedStrategies"];

function ebsAnswer(type: InstanceTypeFacts): InstanceTypeInfo["EbsInfo"] {
  const { ebsOptimized, ebsEncryption, ebsNvme } = type.traits;
  return {
    EbsOptimizedSupport: ebsOptimized as NonNullable<InstanceTypeInfo["EbsInfo"]>["EbsOptimizedSupport"],
    EncryptionSupport: ebsEncryption as NonNullable<InstanceTypeInfo["EbsInfo"]>["EncryptionSupport"],
    NvmeSupport: ebsNvme as NonNullable<InstanceTypeInfo["EbsInfo"]>["NvmeSupport"],
    EbsOptimizedInfo:
      type.ebsMaximumMbps === undefined
        ? undefined
        : { BaselineBandwidthInMbps: type.ebsBaselineMbps, MaximumBandwidthInMbps: type.ebsMaximumMbps },
  };
}

function networkAnswer(type: InstanceTypeFacts): InstanceTypeInfo["NetworkInfo"] {
  return {
    NetworkPerformance: type.networkPerformance,
    MaximumNetworkInterfaces: type.networkInterfaces,
    Ipv4AddressesPerInterface: type.ipv4PerInterface,
    Ipv6AddressesPerInterface: type.ipv6PerInterface,
    Ipv6Supported: type.traits.ipv6,
    EnaSupport: type.traits.ena as NonNullable<InstanceTypeInfo["NetworkInfo"]>["EnaSupport"],
    EfaSupported: type.traits.efa,
    EncryptionInTransitSupported: type.traits.encryptedTransit,
  };
}

function acceleratorAnswer(accelerator: Accelerator) {
  return {
    Name: accelerator.name,
    Manufacturer: accelerator.manufacturer,
    Count: accelerator.count,
    MemoryInfo: { SizeInMiB: accelerator.memoryMiB },
  };
}

function totalMemory(accelerators: readonly Accelerator[]): number {
  return accelerators.reduce((sum, each) => sum + each.count * each.memoryMiB, 0);
}
