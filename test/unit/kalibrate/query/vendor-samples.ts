/**
 * The requests of the vendor's public Postman collection (“Data API Training”) and of its two Python samples,
 * unchanged: path and query.
 * @module
 */
export const vendorSamples = [
  { name: "GetStatus", path: "/status", query: "" },
  { name: "GetAllGlobalProducts", path: "/product", query: "(entityVariant=Global)+(limit=0)" },
  { name: "GetAllOwnProducts", path: "/product", query: "(entityVariant=Own)+(limit=0)" },
  { name: "GetAllCompetitorProducts", path: "/product", query: "(entityVariant=Competitor)+(limit=0)" },
  {
    name: "GetMostRecentOwnPrices",
    path: "/price",
    query: "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)",
  },
  {
    name: "GetNextMostRecentOwnPrices",
    path: "/price",
    query: "(entityVariant=Own)+(orderBy=createdOn)+(direction=descending)+(limit=100)+(offset=100)",
  },
  { name: "GetAllOwnSites", path: "/site", query: "(entityVariant=Own)+(limit=0)" },
  { name: "GetAllCompetitorSites", path: "/site", query: "(entityVariant=Own)+(limit=0)" },
  {
    name: "authexample.py",
    path: "/price",
    query:
      "(entityVariant=Proposed)+(status.exported=true)+(exportedTime>=2020-06-01)+(orderBy=exportedTime)+(direction=descending)",
  },
  {
    name: "proposed-price-export.py",
    path: "/price",
    query:
      "(entityVariant=Proposed)+(status.exported=true)+(exportedTime>=2020-06-01)+(orderBy=exportedTime)+(direction=descending)",
  },
] as const;
