// Preloaded into the web server where no proxy stands in front: who calls is whoever holds the socket, whatever address the call itself
// claims. Next would leave a forged X-Forwarded-For as it is.
import { subscribe } from "node:diagnostics_channel";

subscribe("http.server.request.start", ({ request, socket }) => {
  request.headers["x-forwarded-for"] = socket.remoteAddress ?? "";
});
