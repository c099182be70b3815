/** Style sheets are imported for their effect; webpack writes them beside the scripts. */
declare module "*.css";
