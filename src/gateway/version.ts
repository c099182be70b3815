/**
 * The service's name and version for others.
 * @module
 */

/** Inserted by the build from package.json. */
declare const KAL_VERSION: string;

export const version = KAL_VERSION;

/** The vendor's API gateway refuses the default names of script libraries, so we send our own. */
export const userAgent = `KAL-Gateway/${version}`;
