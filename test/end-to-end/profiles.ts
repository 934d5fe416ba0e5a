import type { RunningMarketplace } from "../../backend";

/** The environment of a client that knows a marketplace by nothing but its profiles. */
export function profilesOf({ configFile, credentialsFile }: RunningMarketplace): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_CONFIG_FILE: configFile,
    AWS_SHARED_CREDENTIALS_FILE: credentialsFile,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}
