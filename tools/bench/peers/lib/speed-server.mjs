// The loopback server of a speed measurement, as a child process: takes one hop, reports its port.
import { RawServer } from "./raw-server.mjs";

process.once("message", async (hop) => {
  const server = new RawServer();
  await server.listen(new Map([[0, false]]));
  server.offer({ server: { hops: [hop] } });
  process.send(server.boundPort(0));
});
process.once("disconnect", () => process.exit(0));
