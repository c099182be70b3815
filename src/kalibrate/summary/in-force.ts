/**
 * How long the values of one series were in force.
 * @module
 */
import { type ClockTime, instantOf } from "../clock-time.ts";
import { compareWritten, type Written } from "./newest.ts";

/** One record of a series. */
export interface Event extends ClockTime, Written {
  /** NaN for an absent value; it ends the previous value. */
  readonly value: number;
  /** The record's index, for the caller. */
  readonly index: number;
}

/** The window of the average, in clock time like the records' own times. */
export interface Window {
  /** -Infinity: the window begins with the first record. */
  readonly start: number;
  /** Infinity: the window ends at `now`. */
  readonly end: number;
  /** A value's time in force ends here at the latest. */
  readonly now: ClockTime;
}

/** A span of time in which one value was in force. */
export interface Span {
  readonly event: Event;
  /** True if another record of the same time has a different value and neither is newer. */
  readonly isAmbiguous: boolean;
  /** Clock time, within the window. */
  readonly start: number;
  readonly end: number;
  /**
   * Real milliseconds per millisecond of clock time. It differs from 1 only if the records' zones show that the clock
   * was put forward or back within the span. The moment of the change is unknown, so the difference is spread over the
   * span.
   */
  readonly pace: number;
}

/** The spans of a series' values within the window, in order. Absent values have none. */
export function spansInForce(events: readonly Event[], window: Window): Span[] {
  // The real time between records is known only if all of them give their zone.
  const areZoned = events.every(({ offset }) => offset !== undefined);
  const timeOf = ({ clock, offset = 0 }: Event) => (areZoned ? instantOf(clock, offset) : clock);
  const moments: SameTime[] = [];
  for (const event of events.toSorted((a, b) => timeOf(a) - timeOf(b))) {
    const last = moments.at(-1);
    if (last && timeOf(last[0]) === timeOf(event)) last.push(event);
    else moments.push([event]);
  }
  const spans: Span[] = [];
  for (const [at, sameTime] of moments.entries()) {
    const { event, isAmbiguous } = newestOf(sameTime);
    const follower = moments[at + 1]?.[0];
    if (Number.isNaN(event.value) && !isAmbiguous) continue;
    const span = spanOf(event, follower, window, areZoned);
    if (span) spans.push({ event, isAmbiguous, ...span });
  }
  return spans;
}

/** The records of one time. */
type SameTime = [Event, ...Event[]];

function newestOf(events: Readonly<SameTime>): Pick<Span, "event" | "isAmbiguous"> {
  let [event] = events;
  for (const other of events) if (compareWritten(other, event) > 0) event = other;
  const isAmbiguous = events.some(
    (other) => compareWritten(event, other) <= 0 && !Object.is(other.value, event.value),
  );
  return { event, isAmbiguous };
}

function spanOf(
  event: Event,
  follower: Event | undefined,
  window: Window,
  areZoned: boolean,
): Pick<Span, "start" | "end" | "pace"> | undefined {
  const { clock, offset = 0 } = event;
  const { now } = window;
  const shown = follower && follower.clock - clock;
  const passed =
    follower && areZoned ? instantOf(follower.clock, follower.offset ?? 0) - instantOf(clock, offset) : shown;
  // The true time until now is known if both zones are.
  const untilNow =
    areZoned && now.offset !== undefined
      ? instantOf(now.clock, now.offset) - instantOf(clock, offset)
      : undefined;
  // The clock was put back by at least the length of the span: all of the time counts for the moment at which it began.
  if (shown !== undefined && passed !== undefined && shown <= 0) {
    const isInWindow = clock >= window.start && clock < window.end && (untilNow ?? now.clock - clock) > 0;
    return isInWindow
      ? { start: clock, end: clock + 1, pace: Math.min(passed, untilNow ?? passed) }
      : undefined;
  }
  const pace = shown === undefined || passed === undefined ? 1 : passed / shown;
  const nowClock = untilNow === undefined ? now.clock : clock + untilNow / pace;
  const start = Math.max(clock, window.start);
  const end = Math.min(follower?.clock ?? Infinity, window.end, nowClock);
  return start < end ? { start, end, pace } : undefined;
}
