/** The product's version, put in by the build from package.json. */
declare const KAL_VERSION: string;
