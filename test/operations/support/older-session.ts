/**
 * A session as written by the service before sessions had a version number (the commit before a9dc61a), for the
 * environment `own` with the planted credentials, and its ticket. It ends in the year 2099.
 * @module
 */
export const olderSession = {
  ticket: "kal_Au9spsEVGkO6S5CjTig_2Q_uOSt_Q9yMnDX9kjZWs3QKlABo6QWMC1BYMnn1L1q4Ts",
  key: "kal:session:Qj0kB0uMfFCzRr2i3IVbmNrl-rgvcmQPeDl5ai33WUo",
  value:
    "Z-KlWNDKcpnnjJbMvu5PLYvRVh_11hL3cWPjWARAIRnwcOqTSBGff29LDHslVdHYNyJ9quwxJHSDhh6iV9AvISma6xcfqhIw0FhJM9Xa0t53EGOZ6Q8ou7POH9jLM2xgg1cCnZS-P49cMt9hUR-npRiAB_t2mfSsKypm7j1HFHyqLrWcYUVsCZ1toeEiNPV09Hc7EtA5suWKG4lN3qg2z0LEkHe2gG_pENC2cGqyH7Hk_gZAszUARicdapbI8ApA4mIj6jPBnELibFTLYYUHzSzc8um8bCGkN9Zx_iO_3jTe_KzCWnqGWyleVpQb1UjVKbOCLBb16ohTg0DchtaWBXrbU99ALfWHMIKvIZYcWhUebSQEVHU-sT-NwCu6shAL_O1yJOLX2aFeHQ",
};
