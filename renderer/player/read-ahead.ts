/** Reads a source as fast as it gives, whether or not anybody asks yet; for one reader, who gets all of it in order and then its failure, if it failed. */
export function readAhead<Value>(source: AsyncIterable<Value>): AsyncIterable<Value> {
  const values = new Map<number, Value>();
  let wake = (): void => undefined;
  const state: { count: number; isOver: boolean; failure: { readonly error: unknown } | null } = { count: 0, isOver: false, failure: null };
  const read = async (): Promise<void> => {
    try {
      for await (const value of source) {
        values.set(state.count++, value);
        wake();
      }
    } catch (error) {
      state.failure = { error };
    }
    state.isOver = true;
    wake();
  };
  void read();
  return (async function* () {
    for (let at = 0; at < state.count || !state.isOver;) {
      const value = values.get(at);
      if (value === undefined) {
        await new Promise<void>((resolve) => { wake = resolve; });
        continue;
      }
      values.delete(at++); // the reader has it now
      yield value;
    }
    if (state.failure) throw state.failure.error;
  })();
}
