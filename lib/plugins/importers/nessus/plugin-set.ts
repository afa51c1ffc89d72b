import { MOST_RULES } from "@/lib/domain/scan/report";

/**
 * The checks that ran, as `plugin_set` of the policy's preferences names them: `10180;10287;…`, some 200,000 of them with all families on.
 * A list that holds anything else or is larger than can be kept is none: then nobody knows. A check that found something without standing in it
 * (compliance, the scanner's own notes) ran too, and says nothing of others that did not.
 */
export class PluginSet {
  private plugins: Set<string> | null = null;

  read(text: string): void {
    const ids = text.split(";").map((id) => id.trim()).filter((id) => id !== "");
    this.plugins = ids.length > 0 && ids.length <= MOST_RULES && ids.every((id) => /^\d{1,10}$/.test(id)) ? new Set(ids) : null;
  }

  /** A check that found something ran. */
  found(plugin: string): void {
    if (this.plugins !== null && this.plugins.size < MOST_RULES) this.plugins.add(plugin);
  }

  get all(): readonly string[] | null {
    return this.plugins === null ? null : [...this.plugins];
  }
}
