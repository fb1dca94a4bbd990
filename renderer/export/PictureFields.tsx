/** What the picture is: profile, flavour or quality, container, size. */
import { useId } from 'react';
import type { ExportSettings } from '../../app/contract/editor/export-settings.ts';
import { formatRational } from '../../app/domain/rational.ts';
import { profileNames } from '../../app/domain/profile.ts';
import { Segments } from '../controls/Segments.tsx';
import { Select } from '../controls/Select.tsx';
import { useProject } from '../session/use-session.ts';
import { formatRate } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import { containersFor, flavoursOf, hasQuality, offeredRates, offeredSizes, parseSize, sizeName, withProfile } from './export-choices.ts';

export type FieldsProps = { readonly settings: ExportSettings; readonly onSettings: (settings: ExportSettings) => void };

const usual = 'usual';
const qualities = ['14', '18', '23', '28'] as const;

export function PictureFields({ settings, onSettings }: FieldsProps) {
  const id = useId();
  const profile = useProject((view) => view.cost?.profile ?? '');
  const flavours = flavoursOf(settings.profile);
  const size = sizeName(settings.size);
  return (
    <>
      <div className="form-row">
        <span className="form-label">{text('export.profile')}</span>
        <div>
          <Segments label={text('export.profile')} value={settings.profile} options={profileNames.map((name) => ({ value: name, label: text(`profile.${name}`) }))} onChange={(name) => { onSettings(withProfile(settings, name)); }} />
        </div>
        <p className="form-hint export-hint">{settings.profile === 'match' ? text('profile.matchHint', { profile: profile === '' ? text('profile.unknown') : profile }) : text(`profile.${settings.profile}Hint`)}</p>
      </div>
      <div className="form-row">
        <label className="form-label" htmlFor={`${id}-detail`}>{text(hasQuality(settings.profile) ? 'export.quality' : 'export.flavour')}</label>
        <div className="export-field">
          {hasQuality(settings.profile)
            ? (
              <Select
                id={`${id}-detail`} value={settings.crf === null ? usual : String(settings.crf)}
                options={[{ value: usual, label: text('export.usualQuality') }, ...qualities.map((value) => ({ value, label: text(`quality.${value}`) }))]}
                onChange={(value) => { onSettings({ ...settings, crf: value === usual ? null : Number(value) }); }}
              />
            )
            : (
              <Select
                id={`${id}-detail`} value={settings.flavour ?? usual} isDisabled={flavours.length === 0}
                options={[{ value: usual, label: text(flavours.length === 0 ? 'export.noFlavour' : 'export.usualFlavour') }, ...flavours]}
                onChange={(value) => { onSettings({ ...settings, flavour: value === usual ? null : value }); }}
              />
            )}
        </div>
      </div>
      <div className="form-row">
        <span className="form-label">{text('export.container')}</span>
        <div>
          <Segments
            label={text('export.container')} value={settings.container}
            options={(['mov', 'mp4', 'mkv', 'mxf', 'wav'] as const).map((value) => ({ value, label: value.toUpperCase(), isDisabled: !containersFor(settings.profile).includes(value) }))}
            onChange={(container) => { onSettings({ ...settings, container }); }}
          />
        </div>
      </div>
      <div className="form-row">
        <label className="form-label" htmlFor={`${id}-size`}>{text('export.size')}</label>
        <div className="form-pair export-pair">
          <Select
            id={`${id}-size`} value={size}
            options={[{ value: 'match', label: text('export.sizeOfShots') }, ...new Set([...offeredSizes, ...(settings.size ? [size] : [])])].map((each) => (typeof each === 'string' ? { value: each, label: each.replace('x', ' × ') } : each))}
            onChange={(value) => { onSettings({ ...settings, size: parseSize(value) }); }}
          />
          <Select
            label={text('export.rate')} value={settings.rate ? formatRational(settings.rate) : 'match'}
            options={[{ value: 'match', label: text('export.rateOfTimeline') }, ...offeredRates.map((rate) => ({ value: formatRational(rate), label: text('viewer.rate', { rate: formatRate(rate) }) }))]}
            onChange={(value) => { onSettings({ ...settings, rate: offeredRates.find((rate) => formatRational(rate) === value) ?? null }); }}
          />
        </div>
      </div>
    </>
  );
}
