import { type LookedPorts, MOST_PORTS } from "@/lib/domain/scan/report";

/** How many TCP ports Nmap looks at unless it is told otherwise. */
const USUAL_PORTS = 1_000;
/** `services` of all 65,535 ports, each by itself, are fewer ranges than this. */
const MOST_RANGES = 70_000;

/**
 * The ports that a run looked at, of all its hosts, as its `scaninfo` elements say: `<scaninfo protocol="tcp" services="22,80-443"/>`. Results on no
 * port are those of scripts that look at the host through whichever of its ports are open: covered by a look at the usual thousand TCP ports and more,
 * or by a run whose scripts are named (`isNamed`), as far as those. Null: they are more than a run may say.
 */
export function portsLooked(infos: readonly Readonly<Record<string, string>>[], isNamed: boolean): LookedPorts[] | null {
  const ranges = infos.flatMap(({ protocol = "", services = "" }) => (/^[a-z]{2,5}$/.test(protocol) ? rangesOf(protocol, services) : []));
  const tcp = ranges.reduce((sum, one) => sum + (one.protocol === "tcp" ? one.to - one.from + 1 : 0), 0);
  if (ranges.length >= MOST_PORTS) return null;
  return tcp < USUAL_PORTS && !isNamed ? ranges : [...ranges, { asset: null, protocol: null, from: 0, to: 0 }];
}

/** What is no range is left out: then those ports are not covered. */
function rangesOf(protocol: string, services: string): LookedPorts[] {
  return services.split(",", MOST_RANGES).flatMap((piece) => {
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(piece.trim()) ?? [];
    const [from, to] = [Number(first), Number(last)];
    return first === undefined || from > to || to > 65_535 ? [] : [{ asset: null, protocol, from, to }];
  });
}
