/** The token that Excel's account returns to an add-in. */
export interface HostToken {
  readonly access_token: string;
  readonly id_token: string;
  readonly expires_in: number;
  readonly account: {
    readonly environment: string;
    readonly homeAccountId: string;
    readonly localAccountId: string;
    readonly tenantId: string;
    readonly username: string;
    readonly name: string;
  };
}
