/**
 * Nested app authentication: Excel signs people in with its own account. The protocol is that of msal-browser 5
 * (`src/naa` of its sources), which finds the bridge as `window.nestedAppAuthBridge`.
 * @module
 */

/** What Excel's account gives for one request. */
export interface AccountToken {
  readonly access_token: string;
  readonly id_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly account: Readonly<Record<string, string>>;
}

/** `ok`; no answer at all; or a refusal, by its status in the protocol. */
export type BridgeOutcome = "ok" | "never" | { readonly status: string; readonly code?: string };

export interface AccountRequest {
  readonly method: "GetInitContext" | "GetToken" | "GetTokenPopup";
  readonly tokenParams?: Readonly<Record<string, unknown>>;
}

/** Excel's account; it may change while the workbook is open. */
export interface HostAccount {
  /** Asks for a token; a person has been asked where it is by a popup. Rejects where the provider is not reached. */
  readonly token: (request: AccountRequest) => Promise<AccountToken>;
  /** What comes of a request. */
  readonly outcome?: (request: AccountRequest) => BridgeOutcome;
}

type Listener = (message: string) => void;

export interface NestedAppAuthBridge {
  addEventListener(type: "message", listener: Listener): void;
  removeEventListener(type: "message", listener: Listener): void;
  postMessage(text: string): void;
}

export function createNestedAppAuthBridge({ token, outcome }: HostAccount): NestedAppAuthBridge {
  const listeners = new Set<Listener>();

  async function answer(request: AccountRequest): Promise<object | undefined> {
    const how = outcome?.(request) ?? "ok";
    if (how === "never") return undefined;
    if (how !== "ok") return { success: false, error: how };
    if (request.method === "GetInitContext") {
      return { success: true, initContext: { sdkName: "workbench", sdkVersion: "1" } };
    }
    try {
      const { account, ...rest } = await token(request);
      return { success: true, token: { ...rest, properties: null }, account };
    } catch {
      return { success: false, error: { status: "NO_NETWORK" } };
    }
  }

  return {
    addEventListener: (_type, listener) => void listeners.add(listener),
    removeEventListener: (_type, listener) => void listeners.delete(listener),
    postMessage(text) {
      const request = JSON.parse(text) as AccountRequest & { readonly requestId: string };
      void answer(request).then((body) => {
        if (!body) return;
        const { requestId } = request;
        const message = JSON.stringify({ messageType: "NestedAppAuthResponse", requestId, ...body });
        for (const listener of [...listeners]) listener(message);
      });
    },
  };
}
