// Opens a page in a peer. Everything that is particular to one peer is here and in in-process.mjs.

const OPENERS = {
  async "happy-dom"() {
    const { Window } = await import("happy-dom");
    return (url) => {
      // It would verify the scenario server's self-signed certificate whatever Node's own setting says.
      const settings = { fetch: { disableStrictSSL: true } };
      const window = new Window({ url, settings });
      return { window, close: () => window.happyDOM.close() };
    };
  },

  async jsdom() {
    const { JSDOM, VirtualConsole } = await import("jsdom");
    return (url, interceptors = []) => {
      // A virtual console without listeners is silent; the default one would write among the results.
      const virtualConsole = new VirtualConsole();
      const { window } = new JSDOM("", { url, virtualConsole, resources: { interceptors } });
      return { window, close: async () => window.close() };
    };
  },
};

export const PEERS = Object.keys(OPENERS);

/** Loads a peer and gives a function (page URL, interceptors) → {window, close} that opens a fresh page. */
export function loadPeer(peer) {
  return OPENERS[peer]();
}
