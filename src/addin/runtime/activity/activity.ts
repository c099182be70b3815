/**
 * The one activity log of the runtime.
 * @module
 */
import { createActivityLog } from "./activity-log.ts";

export const activity = createActivityLog();
