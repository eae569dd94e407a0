// Loaded into main before the app (--require): every Date of main, of the pages and of their workers is that many ms off,
// by code put before each script that the app serves. The kernel's clock stays, so the times of files do not move.
const { app } = require('electron')

const OFFSET = Number(process.env.THROUGHLINE_CLOCK_OFFSET)

/** Runs in main and, as text, before each script. @param {number} offset */
function shift(offset) {
  const scope = /** @type {{ clockIsShifted?: boolean, Date: DateConstructor }} */ (globalThis)
  if (scope.clockIsShifted) return
  scope.clockIsShifted = true
  const Real = Date
  const now = () => Real.now() + offset
  scope.Date = new Proxy(Real, {
    construct: (_target, given) => (given.length === 0 ? new Real(now()) : Reflect.construct(Real, given)),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  })
}

const source = `(${shift})(${OFFSET});\n`
shift(OFFSET)

/** @typedef {(request: Request) => Response | Promise<Response>} Handler */
app.on('session-created', ({ protocol }) => {
  const handle = protocol.handle.bind(protocol)
  /** @type {(scheme: string, handler: Handler) => void} */
  protocol.handle = (scheme, handler) =>
    handle(scheme, async (request) => {
      const response = await handler(request)
      if (!/\.js$/.test(new URL(request.url).pathname)) return response
      const headers = new Headers(response.headers)
      headers.delete('content-length')
      return new Response(source + (await response.text()), { status: response.status, headers })
    })
})
