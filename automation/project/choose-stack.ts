import type { Engine, StackPlace } from "../engines/engine";
import { UserError, exitCodes } from "../user-error";
import type { Project } from "./project";

/** The stack that a command works on: the one named, else the selected one, else the only one, else `dev`. */
export async function chooseStack(engine: Engine, project: Project, named: string | undefined): Promise<StackPlace> {
  const place = (stack: string): StackPlace => ({ projectDir: project.dir, project: project.name, stack });
  if (named !== undefined) return place(checkedName(named));
  const stacks = await engine.stacks(project.dir, project.name);
  const chosen = stacks.find(({ selected }) => selected) ?? (stacks.length === 1 ? stacks[0] : undefined);
  if (chosen !== undefined) return place(chosen.name);
  if (stacks.length === 0) return place("dev");
  const names = stacks.map(({ name }) => name).join(", ");
  throw new UserError(
    `Project ${project.name} has several stacks: ${names}. Say which with --stack NAME.`,
    exitCodes.usage,
  );
}

/** Pulumi's own rule for stack names; an organization and project in front are the Pulumi CLI's to judge. */
function checkedName(name: string): string {
  if (/^(?:[\w.-]+\/){0,2}[\w.-]{1,100}$/u.test(name) && !/^\.+$/u.test(name)) return name;
  throw new UserError(
    `"${name}" is no stack name: use letters, digits, hyphens, underscores and dots.`,
    exitCodes.usage,
  );
}
