// Preloaded by the tests: what a rendered program listens on is loopback, and the port that the test has chosen.
const net = require('node:net');

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...values) {
  const [first] = values;
  if (typeof first === 'object' && first?.host !== undefined) return listen.apply(this, values);
  const listener = values.filter((value) => typeof value === 'function');
  return listen.call(this, Number(process.env.PORT), '127.0.0.1', ...listener);
};
