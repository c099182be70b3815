/**
 * Prometheus alerts, as one table: the rules in `deploy/prometheus`, their page and their tests are made from it.
 * @module
 */

export interface Alert {
  readonly name: string;
  /** Whether somebody is called at once, or looks at it on the next working day. */
  readonly severity: "critical" | "warning";
  readonly expr: string;
  /** How long it must hold; a Prometheus duration in minutes. */
  readonly minutes: number;
  readonly summary: string;
  readonly means: string;
  readonly todo: string;
  /** Series at which it fires, and at which it does not: values a minute apart in Prometheus's notation. */
  readonly fires: Readonly<Record<string, string>>;
  readonly quiet: Readonly<Record<string, string>>;
}

/** Errors of a connection that analysts cannot mend. */
const refusedConnection =
  "KAL_SECRET_INVALID|KAL_SECRET_EXPIRED|KAL_CLIENT_UNKNOWN|KAL_SCOPE_INVALID|KAL_FORBIDDEN";

export const alerts: readonly Alert[] = [
  {
    name: "KalDown",
    severity: "critical",
    expr: 'absent(up{job="kal"} == 1)',
    minutes: 2,
    summary: "No KAL service answers.",
    means: "Prometheus cannot reach any of the services. Cells keep their values; new ones show KAL_OFFLINE.",
    todo: "Look whether the processes run and what they wrote last. `kal check` names what is wrong with the configuration, Redis or the network.",
    fires: { 'up{job="kal",instance="a"}': "0x40" },
    quiet: { 'up{job="kal",instance="a"}': "0x40", 'up{job="kal",instance="b"}': "1x40" },
  },
  {
    name: "KalReplicaDown",
    severity: "warning",
    expr: 'up{job="kal"} == 0',
    minutes: 10,
    summary: "The KAL service {{ $labels.instance }} does not answer.",
    means: "One of the services is down; the others do its work.",
    todo: "Start it again. If it ends again, read its last lines of log.",
    fires: { 'up{job="kal",instance="a"}': "0x40" },
    quiet: { 'up{job="kal",instance="a"}': "0x5 1x40" },
  },
  {
    name: "KalRestarts",
    severity: "warning",
    expr: 'changes(process_start_time_seconds{job="kal"}[30m]) > 2',
    minutes: 0,
    summary: "The KAL service {{ $labels.instance }} was restarted several times within half an hour.",
    means: "The process ends by itself or is killed, most often for lack of memory.",
    todo: "Look for “out of memory” in the log of the system. Give it more memory, or lower KAL_ANSWER_MEMORY.",
    fires: { 'process_start_time_seconds{job="kal",instance="a"}': "100x4 200x4 300x4 400x10" },
    quiet: { 'process_start_time_seconds{job="kal",instance="a"}': "100x9 200x12" },
  },
  {
    name: "KalInternalErrors",
    severity: "critical",
    expr: 'sum(rate(kal_request_seconds_count{code="KAL_GATEWAY_INTERNAL"}[5m])) > 0.05',
    minutes: 5,
    summary: "KAL answers with internal errors.",
    means:
      "Most often Redis cannot be reached: cells show KAL_GATEWAY_INTERNAL, nobody loses a connection, and everything recovers by itself once Redis is back. Otherwise it is a fault of KAL.",
    todo: "`kal check` says whether Redis answers. If it does, search the log for the request id of an error, and report it.",
    fires: {
      'kal_request_seconds_count{job="kal",route="/api/v1/query",code="KAL_GATEWAY_INTERNAL"}': "0+60x40",
    },
    quiet: {
      'kal_request_seconds_count{job="kal",route="/api/v1/query",code="KAL_GATEWAY_INTERNAL"}': "0+1x40",
      'kal_request_seconds_count{job="kal",route="/api/v1/query",code=""}': "0+600x40",
    },
  },
  {
    name: "KalDataApiDown",
    severity: "critical",
    expr: "sum by (environment) (kal_breakers_open) > 0",
    minutes: 5,
    summary: "The Data API of {{ $labels.environment }} keeps failing.",
    means:
      "A circuit breaker is open: requests to the Data API fail at once, except for single trials. Cells show KAL_UPSTREAM_DOWN.",
    todo: "Ask Kalibrate for the state of the Data API. `kal check` shows whether the network or a proxy is in the way.",
    fires: { 'kal_breakers_open{job="kal",instance="a",environment="production"}': "1x40" },
    quiet: { 'kal_breakers_open{job="kal",instance="a",environment="production"}': "1x3 0x40" },
  },
  {
    name: "KalDataApiErrors",
    severity: "warning",
    expr:
      'sum by (environment) (rate(kal_upstream_seconds_count{outcome!="ok"}[10m])) / ' +
      "sum by (environment) (rate(kal_upstream_seconds_count[10m])) > 0.2",
    minutes: 10,
    summary: "More than a fifth of the requests to the Data API of {{ $labels.environment }} fail.",
    means: "Retries hide a part of it; the rest are errors in cells.",
    todo: "Look which outcomes they are: KAL_THROTTLED means too many requests, KAL_TIMEOUT a slow Data API. Ask Kalibrate.",
    fires: {
      'kal_upstream_seconds_count{job="kal",environment="production",outcome="KAL_UPSTREAM_DOWN"}': "0+30x30",
      'kal_upstream_seconds_count{job="kal",environment="production",outcome="ok"}': "0+60x30",
    },
    quiet: {
      'kal_upstream_seconds_count{job="kal",environment="production",outcome="KAL_UPSTREAM_DOWN"}': "0+1x30",
      'kal_upstream_seconds_count{job="kal",environment="production",outcome="ok"}': "0+60x30",
    },
  },
  {
    name: "KalIdentityProviderDown",
    severity: "critical",
    expr: 'sum by (environment) (rate(kal_token_request_seconds_count{outcome=~"KAL_UPSTREAM_DOWN|KAL_TIMEOUT"}[10m])) > 0',
    minutes: 10,
    summary: "No tokens come for {{ $labels.environment }}.",
    means: "Entra cannot be reached. Valid tokens keep working, for an hour at most.",
    todo: "`kal check` shows whether the identity provider is reached and how far the clocks are apart. Look at the proxy and the firewall.",
    fires: {
      'kal_token_request_seconds_count{job="kal",environment="production",outcome="KAL_UPSTREAM_DOWN"}':
        "0+1x30",
    },
    quiet: { 'kal_token_request_seconds_count{job="kal",environment="production",outcome="ok"}': "0+1x30" },
  },
  {
    name: "KalConnectionRefused",
    severity: "critical",
    expr: `sum by (connection, outcome) (increase(kal_connection_requests_total{outcome=~"${refusedConnection}"}[10m])) > 0`,
    minutes: 2,
    summary: "Kalibrate refuses the connection {{ $labels.connection }}: {{ $labels.outcome }}.",
    means: "The organisation's own credentials do not work: nobody gets data through this connection.",
    todo: "Most often the secret has expired. Ask Kalibrate for a new one and put it where the configuration says; see the administrator's guide on rotation.",
    fires: {
      'kal_connection_requests_total{job="kal",connection="production",outcome="KAL_SECRET_EXPIRED"}':
        "0+3x40",
    },
    quiet: { 'kal_connection_requests_total{job="kal",connection="production",outcome="ok"}': "0+3x40" },
  },
  {
    name: "KalNextSecretServes",
    severity: "warning",
    expr: 'max by (connection) (kal_connection_secret{secret="nextSecret"}) == 1',
    minutes: 60,
    summary: "The connection {{ $labels.connection }} runs on its next secret.",
    means: "Its first secret is not accepted any more. This is the middle of a rotation.",
    todo: "Move the next secret to the place of the first, and empty the place of the next.",
    fires: { 'kal_connection_secret{job="kal",connection="production",secret="nextSecret"}': "1x90" },
    quiet: {
      'kal_connection_secret{job="kal",connection="production",secret="nextSecret"}': "0x90",
      'kal_connection_secret{job="kal",connection="production",secret="secret"}': "1x90",
    },
  },
  {
    name: "KalSignInsFail",
    severity: "warning",
    expr: 'sum(rate(kal_sign_ins_total{outcome!="ok"}[15m])) / sum(rate(kal_sign_ins_total[15m])) > 0.5',
    minutes: 15,
    summary: "More than half of the sign-ins fail.",
    means: "Analysts cannot begin, or their sessions end. The outcome label says why.",
    todo: "After a change in Entra, compare the app registrations with the guide. Most often people have no role yet.",
    fires: {
      'kal_sign_ins_total{job="kal",kind="sign-in",outcome="KAL_SIGN_IN_REFUSED"}': "0+2x40",
      'kal_sign_ins_total{job="kal",kind="sign-in",outcome="ok"}': "0+1x40",
    },
    quiet: { 'kal_sign_ins_total{job="kal",kind="renewal",outcome="ok"}': "0+1x40" },
  },
  {
    name: "KalAuditLosses",
    severity: "critical",
    expr: "max by (instance) (kal_audit_losses) > 0",
    minutes: 0,
    summary: "{{ $labels.instance }} could not write audit events.",
    means: "The audit has gaps. KAL keeps answering.",
    todo: "Look at the disk of the audit's file and its permissions. The log says which error it was. The count starts again with the service.",
    fires: { 'kal_audit_losses{job="kal",instance="a"}': "0x5 3x15" },
    quiet: { 'kal_audit_losses{job="kal",instance="a"}': "0x40" },
  },
  {
    name: "KalSlow",
    severity: "warning",
    expr: 'histogram_quantile(0.9, sum by (le) (rate(kal_request_seconds_bucket{route=~"/api/v1/(query|lookup|summary|as-of|market)"}[15m]))) > 30',
    minutes: 15,
    summary: "A tenth of the answers takes longer than half a minute.",
    means: "Cells show #BUSY! for long. Either the Data API is slow, or pulls are very large.",
    todo: "Compare kal_upstream_seconds. If the Data API is fast, look in the audit or the log for the queries with the most rows.",
    fires: {
      'kal_request_seconds_bucket{job="kal",route="/api/v1/query",le="30"}': "0+6x40",
      'kal_request_seconds_bucket{job="kal",route="/api/v1/query",le="60"}': "0+12x40",
      'kal_request_seconds_bucket{job="kal",route="/api/v1/query",le="+Inf"}': "0+12x40",
    },
    quiet: {
      'kal_request_seconds_bucket{job="kal",route="/api/v1/query",le="1"}': "0+12x40",
      'kal_request_seconds_bucket{job="kal",route="/api/v1/query",le="+Inf"}': "0+12x40",
    },
  },
  {
    name: "KalRefusesLoad",
    severity: "warning",
    expr: 'sum by (code) (rate(kal_request_seconds_count{status=~"429|503"}[10m])) > 0.2',
    minutes: 10,
    summary: "KAL refuses requests: {{ $labels.code }}.",
    means:
      "A limit of the service is reached: requests of a session or credential, memory for answers, or queues.",
    todo: "See limits.md for the limit behind the code. Add a service, or raise the limit if there is memory for it.",
    fires: { 'kal_request_seconds_count{job="kal",status="429",code="KAL_THROTTLED"}': "0+60x30" },
    quiet: { 'kal_request_seconds_count{job="kal",status="200",code=""}': "0+600x30" },
  },
  {
    name: "KalEventLoop",
    severity: "warning",
    expr: 'nodejs_eventloop_lag_p99_seconds{job="kal"} > 0.5',
    minutes: 10,
    summary: "The KAL service {{ $labels.instance }} is busy without a pause.",
    means: "Its one thread is fully used: every answer waits.",
    todo: "Add a service. One service uses one processor.",
    fires: { 'nodejs_eventloop_lag_p99_seconds{job="kal",instance="a"}': "0.8x40" },
    quiet: { 'nodejs_eventloop_lag_p99_seconds{job="kal",instance="a"}': "0.02x40" },
  },
  {
    name: "KalVersionsDiffer",
    severity: "warning",
    expr: "count(count by (version) (kal_build_info)) > 1",
    minutes: 60,
    summary: "Services of different versions run side by side.",
    means:
      "An upgrade or a rollback stopped half way. It does no harm for a while: both versions read each other's sessions.",
    todo: "Finish the upgrade.",
    fires: {
      'kal_build_info{job="kal",instance="a",version="1.2.0"}': "1x90",
      'kal_build_info{job="kal",instance="b",version="1.3.0"}': "1x90",
    },
    quiet: {
      'kal_build_info{job="kal",instance="a",version="1.3.0"}': "1x90",
      'kal_build_info{job="kal",instance="b",version="1.3.0"}': "1x90",
    },
  },
];

/** The rules as Prometheus reads them. */
export function ruleFile(): object {
  const rules = alerts.map(({ name, severity, expr, minutes, summary, means, todo }) => ({
    alert: name,
    expr,
    ...(minutes > 0 && { for: `${minutes}m` }),
    labels: { severity },
    annotations: { summary, description: `${means} ${todo}` },
  }));
  return { groups: [{ name: "kal", rules }] };
}
