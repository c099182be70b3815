import { testProxy } from "./support/test-proxy.ts";

testProxy("nginx");
