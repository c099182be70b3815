/**
 * One session of each format that a service has written, as it lies in the store, with its ticket. They end in the year
 * 2099, and their credentials are invented. A new format gets a row; no row is ever removed.
 */
import { describe, expect, it } from "vitest";
import { createEnvironments } from "../../../../src/gateway/environments.ts";
import { createCredentialKey } from "../../../../src/gateway/sessions/credential-key.ts";
import { createOrganisationConnections } from "../../../../src/gateway/sessions/organisation-connections.ts";
import { connectionsOf, createSessions } from "../../../../src/gateway/sessions/sessions.ts";
import { createMemoryStore } from "../../../../src/gateway/store/memory-store.ts";
import { recordingLog } from "../support.ts";

const stored = [
  {
    of: "typed credentials, before there were versions",
    ticket: "kal_Au9spsEVGkO6S5CjTig_2Q_uOSt_Q9yMnDX9kjZWs3QKlABo6QWMC1BYMnn1L1q4Ts",
    place: "Qj0kB0uMfFCzRr2i3IVbmNrl-rgvcmQPeDl5ai33WUo",
    value:
      "Z-KlWNDKcpnnjJbMvu5PLYvRVh_11hL3cWPjWARAIRnwcOqTSBGff29LDHslVdHYNyJ9quwxJHSDhh6iV9AvISma6xcfqhIw0FhJM9Xa0t53EGOZ6Q8ou7POH9jLM2xgg1cCnZS-P49cMt9hUR-npRiAB_t2mfSsKypm7j1HFHyqLrWcYUVsCZ1toeEiNPV09Hc7EtA5suWKG4lN3qg2z0LEkHe2gG_pENC2cGqyH7Hk_gZAszUARicdapbI8ApA4mIj6jPBnELibFTLYYUHzSzc8um8bCGkN9Zx_iO_3jTe_KzCWnqGWyleVpQb1UjVKbOCLBb16ohTg0DchtaWBXrbU99ALfWHMIKvIZYcWhUebSQEVHU-sT-NwCu6shAL_O1yJOLX2aFeHQ",
  },
  {
    of: "typed credentials, version 1",
    ticket: "kal_9j2j4zS6cielXsst17mTdw_U5gxGuOBftsfbN9IDMZ5UYt_GkdXQQLpciIHc5t62yk",
    place: "DjqNHVlozyV66ghggUboQy_slBpxyvV217u1YTDjlIM",
    value:
      "HPfirOUs8Y7yOxitmRIuHs5mM97E8LuxdlEyDqe0meC3b5TWehcKGGAbNKZUdakZM5auhXYwndjmwpjAbNvzwRR4CYkKeUXCcWNazgURuWAa7hB_tKoYLbjFrcUdlkLc43FuRizPU_GorgvaISGvUsRF3LWnfHLosBtiMR3hEvZ-ZlfubLwOTFemE3LMTX7HhQbscXb_8Iyt-JVk7zWTD418gzfCkG32P4HWE5x3bDsPFF5saaKzKK3sI3iTzRO_cqpXw7HrYHC7_sL17_JZBAh4d448jlBuFRfwr06tnlv0CdyaG1o9iNFa9AYtZsiHHLoOz7Ldu_XdUJyTDWGPPE9hVVAdkLz134V01FnllZBEgvu0ia_V-3HIQS_c2bitbHIKEcsM2x_SdD83IcbtcSdabyXV0w",
  },
  {
    of: "an analyst, version 2",
    ticket: "kal_SQ1TbCPGwO7fKOQYUwWatA_OmVImsFV3TGkscY_ArpKCp6Y8D7Q6_MMy4WHnwnNWEk",
    place: "XV820181auV2_iaCzSGU97v7FzGE00Mdw9raJYfK2Rg",
    value:
      "3E66MsxTKzJ1Ynem2Ir2atrKNjVXZyOiQOqyQ3V9waw58B033qsKoazXxB4AAKoA56Vj0bxW84ncjGQRlcefX2Rv2eyxyapSs-MKJ1LMF5p7GrNO-T1E6rn5TlxY1j-x9Aci6rp3GswRgVS5MElBUdUgKS6c0Tr8IcmoMjBrLq1omG1sljiT4Iq_HWZfIvA51r3aSLP3KtRZ3S5Jwz_T2k0ZhraRI0lQfkqs58x7tSFLzt9PXRIauumsZHiErIfhzKjCaukVZMNM",
  },
];

const now = () => Date.UTC(2026, 11, 1);

const own = {
  id: "own",
  label: "Own",
  apiBaseUrl: "https://data.example.com/api",
  authority: "https://login.example.com",
  tenant: "0b8f3c1e-5d27-4a6f-9b13-2c4d5e6f7a80",
};

/** A service of today with this cache key, on a store that holds the sessions. */
async function serviceOn(cacheKey: Buffer) {
  const store = createMemoryStore(now);
  for (const { place, value } of stored) await store.set(place, { value, expiresAt: Date.UTC(2099, 0, 1) });
  return createSessions({
    store,
    environments: createEnvironments({ environments: [own], allowedApiHosts: [], allowLoopback: false }),
    organisation: createOrganisationConnections({
      settings: [],
      variables: {},
      log: recordingLog().log,
      onServe: () => undefined,
    }),
    typedCredentials: true,
    credentialKey: createCredentialKey(cacheKey),
    now,
  });
}

describe.each(stored)("a stored session of $of", ({ ticket }) => {
  // The second key is as after a rotation: sessions do not depend on it.
  it.each([1, 2])("is opened, whatever the cache key (%i)", async (byte) => {
    const session = await (await serviceOn(Buffer.alloc(32, byte))).find(ticket);
    if (!session) throw new Error("not opened");
    if ("analyst" in session) expect(session.analyst.roles).toEqual(["Prices.Read"]);
    else {
      expect(connectionsOf(session)).toMatchObject([
        { name: "own", credentials: { clientSecret: "planted~client.secret-Zx81" } },
      ]);
    }
  });
});
