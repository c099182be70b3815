/**
 * Who we are to others.
 * @module
 */

/** Put in by the build from package.json. */
declare const KAL_VERSION: string;

export const version = KAL_VERSION;

/** The vendor's API gateway turns away the default names of script libraries, so ours is given. */
export const userAgent = `KAL-Gateway/${version}`;
