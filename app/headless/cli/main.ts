/** The command line. Everything heavy is imported when a command runs, so that --help costs nothing. */
import { Command, type CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../../domain/version.ts';
import { runAction } from './run-action.ts';
import { parseCount, parsePositive, parseSize } from './arguments.ts';
import type { DiffOptions } from './actions/diff.ts';
import type { ProbeOptions } from './actions/probe.ts';
import type { ServeCliOptions } from './actions/serve.ts';
import type { CliOptions, ConvertOptions } from './cli-options.ts';
import type { TimelineOptions } from './timeline-options.ts';

const program = new Command('stringout')
  .description('Assembles hundreds to thousands of shots into one movie, exact to the frame and the audio sample.')
  .version(version, '--version', 'print the version')
  .helpOption('-h, --help', 'what a command does and takes')
  .showHelpAfterError('(add --help for the options)')
  .configureHelp({ sortSubcommands: false })
  .addHelpText('after', `
Examples:
  stringout assemble footage/ -o reel.mp4            every shot below a folder, in natural name order
  stringout plan shots.csv                           what it would copy and encode, and why
  stringout assemble cut.otio -o cut.mov --verify    another editor's timeline, every frame checked afterwards
  stringout convert cut.edl cut.otio                 between the formats of editors, with what is lost
  stringout demo                                     500 shots made, assembled and verified here

Exit codes: 0 done, 1 the input or the movie is wrong, 2 wrong usage, 3 done in part (--keep-going), 130 and 143 interrupted.`);

/** What assemble and plan have in common. */
function addAssemblyOptions(command: Command): Command {
  return command
    .option('--profile <profile>', 'match (the majority of the shots), h264[:CRF], hevc[:CRF], av1[:CRF], prores[:proxy|lt|422|hq|4444], dnxhr[:lb|sq|hq|hqx|444]', 'match')
    .addOption(new Option('--size <WxH>', 'picture size').argParser(argument(parseSize)))
    .option('--rate <rate>', 'frames a second: 24, 23.976, 30000/1001')
    .option('--preset <name>', "the encoder's own preset")
    .addOption(new Option('--crf <N>', "the encoder's quality; lower is better").argParser(argument(parseCount)))
    .addOption(new Option('--audio <mode>', 'exact: to the sample; packets: AAC copied, within 512 samples; none').choices(['exact', 'packets', 'none']).default('exact'))
    .option('--start-tc <timecode>', "timecode of the first frame (the timeline's own, else 01:00:00:00)")
    .addOption(new Option('--sort <order>', 'another order than the list\'s').choices(['name', 'timecode', 'date', 'scene']))
    .option('--range <IN-OUT>', 'a part of the timeline: frames, seconds (2.5s) or timecode, out exclusive')
    .addOption(new Option('--handles <N>', 'frames kept on both sides of each clip where the source has them').argParser(argument(parseCount)).default(0))
    .option('--media <folder>', "where a list's relative names are looked for, and files by the names of clips")
    .option('--source-rate <rate>', 'frames a second of lists that tell none (EDL): 24, 23.976, 30000/1001')
    .option('--keep-going', 'put black and silence in the place of what fails, and exit with 3', false);
}

function addMachineOptions(command: Command): Command {
  return command
    .option('--cache-dir <folder>', 'where segments and the index are kept')
    .option('--no-cache', 'keep nothing')
    .addOption(new Option('--workers <N>', 'worker processes, at least 1').argParser(argument(parsePositive)))
    .addOption(new Option('--memory <MB>', 'budget over all processes').argParser(argument(parsePositive)).default(2048))
    .option('--json', 'one JSON object a line', false);
}

const input = '<timeline|shot list|folder>';

addMachineOptions(addAssemblyOptions(program.command('assemble').argument(input).requiredOption('-o, --output <file>', 'the movie: .mp4, .mov, .mkv, .mxf, or .wav for its sound alone')))
  .description('make the movie')
  .option('--verify', 'check every frame of the finished movie against its sources', false)
  .action((path: string, options: CliOptions) => run(async () => (await import('./actions/assemble.ts')).assembleAction(path, options)));

addMachineOptions(addAssemblyOptions(program.command('plan').argument(input).option('-o, --output <file>', 'the movie it would be: the container decides what can be copied')))
  .description('what assemble would do with each clip, why, and what it costs')
  .action((path: string, options: CliOptions) => run(async () => (await import('./actions/plan.ts')).planAction(path, options)));

addMachineOptions(program.command('probe').argument('<file...>'))
  .description('what a media file holds')
  .option('--check', 'hash it, and compare with the hash lists (MHL, ASC MHL) beside it', false)
  .action((paths: string[], options: ProbeOptions) => run(async () => (await import('./actions/probe.ts')).probeAction(paths, options)));

addMachineOptions(addAssemblyOptions(program.command('verify').argument('<movie>').option('--against <timeline>', 'the timeline, shot list or folder it was made from')))
  .description('prove a movie: frames, timestamps, seams, sound')
  .option('--all', 'every frame, not the seams alone', false)
  .action((movie: string, options: CliOptions) => run(async () => (await import('./actions/verify.ts')).verifyAction(movie, options)));

function sourceRateOption(): Option {
  return new Option('--source-rate <rate>', 'frames a second of lists that tell none (EDL, CSV): 24, 23.976, 30000/1001');
}

function addTimelineOptions(command: Command): Command {
  return command.addOption(sourceRateOption()).option('--json', 'one JSON object', false);
}

addTimelineOptions(program.command('info').argument('<timeline>', 'OpenTimelineIO, EDL, FCP7 XML, FCPXML, ALE or CSV, a file or a bundle'))
  .description('what a timeline holds, and what was understood otherwise')
  .action((path: string, options: TimelineOptions) => run(async () => (await import('./actions/info.ts')).infoAction(path, options)));

addMachineOptions(program.command('convert').argument('<in>', 'a timeline').argument('<out>', 'the name says the format: .otio, .otioz or .otiod (with media), .edl, .csv, .xml, .fcpxml, .ale; for people .html, .srt, .vtt')
  .addOption(sourceRateOption()))
  .description("another editor's timeline in another format, and what that cannot carry; or a shot list with pictures, or subtitles of shot names")
  .option('--no-pictures', 'none in a report')
  .action((from: string, to: string, options: ConvertOptions) => run(async () => (await import('./actions/convert.ts')).convertAction(from, to, options)));

addTimelineOptions(program.command('diff').argument('<old>', 'a timeline of any format').argument('<new>', 'another, of the same or another format'))
  .description('what became of each clip: new, omitted, reinstated, moved, extended, trimmed, rescan, unchanged, no link')
  .option('-o, --output <file>', 'the new timeline with nothing but what changed, in the format of its name')
  .addOption(new Option('--handles <N>', 'frames that exist beyond the old ranges: what needs more is a rescan').argParser(argument(parseCount)))
  .action((old: string, now: string, options: DiffOptions) => run(async () => (await import('./actions/diff.ts')).diffAction(old, now, options)));

addMachineOptions(program.command('relink').argument('<timeline>').argument('<folder>', 'where the media are looked for, to the bottom')
  .option('-o, --output <file>', 'the timeline with what was found, in the format of its name').addOption(sourceRateOption()))
  .description("a timeline's media found again below a folder, and why; 3 where a clip has none, or several as good as each other")
  .addOption(new Option('--handles <N>', 'frames that must be there on both sides of each clip').argParser(argument(parseCount)).default(0))
  .action((timeline: string, folder: string, options: CliOptions & TimelineOptions) => run(async () => (await import('./actions/relink.ts')).relinkAction(timeline, folder, options)));

addMachineOptions(program.command('demo').addOption(new Option('--shots <N>', 'how many').argParser(argument(parseCount)).default(500)))
  .description('make 500 shots, assemble them, verify every frame')
  .option('--dir <folder>', 'where', 'out/demo')
  .action((options: CliOptions) => run(async () => (await import('./actions/demo.ts')).demoAction(options)));

addMachineOptions(program.command('bench').option('--shots <counts>', 'numbers of shots', '500,1000,2000'))
  .description('time assemblies of footage made for it on this machine')
  .option('--dir <folder>', 'where the footage is made and kept', 'out/bench-footage')
  .action((options: CliOptions) => run(async () => (await import('./actions/bench.ts')).benchAction(options)));

program.command('serve').argument('[project]', 'the project file; it is made where there is none')
  .description('the editor in a browser')
  .addOption(new Option('--port <N>', 'port; 0 takes a free one').argParser(argument(parseCount)).default(0))
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--token <token>', 'key that opens it (one for this run)')
  .option('--root <folder...>', "folders that the editor may open files in (the project's folder)")
  .option('--no-open', 'do not open a browser')
  .option('--cache-dir <folder>', 'where segments and the index are kept')
  .addOption(new Option('--workers <N>', 'worker processes, at least 1').argParser(argument(parsePositive)))
  .addOption(new Option('--memory <MB>', 'budget over all processes').argParser(argument(parsePositive)).default(2048))
  .option('--json', 'one JSON object a line', false)
  .action((project: string | undefined, options: ServeCliOptions) => run(async () => (await import('./actions/serve.ts')).serveAction(project, options)));

program.command('open').argument('[project]', 'the project file; it is made where there is none')
  .description('the editor in a window of its own, or in a browser where Electron cannot run')
  .action((project: string | undefined) => run(async () => (await import('./actions/open.ts')).openAction(project)));

const cache = program.command('cache').description('the segments and the index that were kept');
addMachineOptions(cache.command('stats')).description('how much there is')
  .action((options: CliOptions) => run(async () => (await import('./actions/cache.ts')).cacheStatsAction(options)));
addMachineOptions(cache.command('clear').addOption(new Option('--older-than <days>', 'only what was not used for so long').argParser(argument(parseCount))))
  .description('delete it')
  .action((options: CliOptions) => run(async () => (await import('./actions/cache.ts')).cacheClearAction(options)));

function run(action: () => Promise<number>): Promise<void> {
  return runAction(action);
}

function argument<T>(parse: (text: string) => T | null): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === null) throw new InvalidArgumentError('');
    return value;
  };
}

/** Every command, subcommands included, ends with 2 on wrong usage. */
function exitWithTwo(command: Command): void {
  command.exitOverride((error: CommanderError) => {
    process.exit(error.exitCode === 0 ? 0 : 2);
  });
  command.commands.forEach(exitWithTwo);
}

exitWithTwo(program);
await program.parseAsync();
