/**
 * The Content-Security-Policy of the screens. No `unsafe-*`: the styles that the component library makes at run time
 * carry the nonce. `connect`: where the screens may talk to (the browser host's own socket; nothing in Electron).
 */
export function contentSecurityPolicy(nonce: string, connect: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `font-src 'self'`,
    `img-src 'self'`,
    `connect-src ${connect.length > 0 ? connect.join(' ') : `'none'`}`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    `object-src 'none'`,
  ].join('; ')
}

/** The headers that every response with a part of the screens also carries. */
export const screenHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
}

/** `index.html` with the nonce of the response that it is sent in. */
export const withNonce = (html: string, nonce: string) => html.replaceAll('__CSP_NONCE__', nonce)
