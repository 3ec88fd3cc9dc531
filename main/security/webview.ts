/** Whether a `<webview>` may be attached: never, whatever it is meant to show. */
export const mayAttachWebview = (): false => false
