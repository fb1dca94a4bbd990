import { expect, test } from 'vitest';
import { HardwareAccelerator } from './hardware-accelerator.ts';

test('without a trial every profile is encoded in software, and it says so', () => {
  const { all } = new HardwareAccelerator({ cores: 2, memoryLimit: 2 ** 31 });
  expect(all.map(({ format, codec }) => `${format} ${codec}`)).toEqual(['h264 libx264', 'hevc libx265', 'prores prores_ks', 'dnxhr dnxhd', 'av1 libsvtav1']);
  expect(all.every(({ useGPU, cores, memoryLimit, reason }) => !useGPU && cores === 2 && memoryLimit === 2 ** 31 && reason.includes('in software on 2 cores'))).toBe(true);
});
