import type { Role } from "@/lib/domain/access/can";
import type { PinView } from "./desk";
import type { KeyboardSettings } from "@/lib/domain/person/keyboard";
import type { ModuleHere } from "./modules";

/** An exact instant, ISO 8601 in UTC ("2026-11-21T09:30:00.000Z"). Screens show it in the viewer's zone. */
export type Instant = string;

export type EnvironmentView = { number: number; name: string };
export type PersonView = { id: number; name: string; email: string; initials: string };
export type Me = PersonView & { role: Role };

/** What frames every screen: where we are, who asks, how much waits in the working queue and how many messages are unread. */
export type ShellView = {
  environment: EnvironmentView;
  environments: readonly EnvironmentView[];
  me: Me;
  /** `unread`: messages, up to a hundred */
  counts: { queue: number; unread: number };
  /** the modules that hold findings here, in order, without Alerts */
  modules: readonly ModuleHere[];
  keyboard: KeyboardSettings;
  /** the views that this person keeps in the side */
  pins: readonly PinView[];
};

/** One demo account offered on the sign-in screen; the list is empty unless the demo is on. */
export type DemoAccount = { email: string; password: string; role: Role; may: string };
