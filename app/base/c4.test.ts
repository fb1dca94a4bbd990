import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { c4Id } from './c4.ts';

it.each([
  ['alfa', 'c43zYcLni5LF9rR4Lg4B8h3Jp8SBwjcnyyeh4bc6gTPHndKuKdjUWx1kJPYhZxYt3zV6tQXpDs2shPsPYjgG81wZM1'],
  ['foo', 'c45xZeXwMSpqXjpDumcHMA6mhoAmGHkUo7r9WmN2UgSEQzj9KjgseaQdkEJ11fGb5S1WEENcV3q8RFWwEeVpC7Fjk2'],
])('%s', (text, id) => {
  expect(c4Id(createHash('sha512').update(text).digest())).toBe(id);
});
