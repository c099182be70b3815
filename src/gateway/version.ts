/**
 * Who we are to others.
 * @module
 */

export const version: string = KAL_VERSION;

/** The vendor's API gateway turns away the default names of script libraries, so ours is given. */
export const userAgent = `KAL-Gateway/${version}`;
