/** Reads a source as fast as it gives, whether or not anybody asks yet; for one reader, who gets all of it in order and then its failure, if it failed. */
export function readAhead<Value>(source: AsyncIterable<Value>): AsyncIterable<Value> {
  const values = new Map<number, Value>();
  let count = 0;
  let wake = (): void => undefined;
  const state: { isOver: boolean; failure: { readonly error: unknown } | null } = { isOver: false, failure: null };
  const read = async (): Promise<void> => {
    try {
      for await (const value of source) {
        values.set(count++, value);
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
    for (let at = 0; ; at++) {
      while (at >= count && !state.isOver) await new Promise<void>((resolve) => { wake = resolve; });
      const value = values.get(at);
      if (value === undefined) break;
      values.delete(at); // the reader has it now
      yield value;
    }
    if (state.failure) throw state.failure.error;
  })();
}
