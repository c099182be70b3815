/** Style sheets are imported for their effect; webpack puts them beside the scripts. */
declare module "*.css";
