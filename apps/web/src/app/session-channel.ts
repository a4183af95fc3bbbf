/** Windows of one browser share the session cookie: they tell one another who signed in, or that nobody is any more. */
type Message = { readonly accountId: string | undefined }

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('xueji.session')

/** Tells the other windows. */
export const tellOthers = (message: Message): void => channel?.postMessage(message)

/** Hears the other windows; returns how to stop. */
export function hearOthers(listener: (message: Message) => void): () => void {
  const onMessage = (event: MessageEvent<Message>): void => listener(event.data)
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}
