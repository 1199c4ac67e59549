package org.pgreel.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.pgreel.replay.play.Chunking;
import org.pgreel.replay.play.ServerSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code pgreel serve}: plays a scenario to any client, again and again. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = {
            "Plays scenarios to any client of PostgreSQL, as often as one comes, and prints a verdict a run.",
            "A run passes only when its script was played to the end, each fault fired, and nothing was left over. With "
                    + "several scenarios each gets a port of its own, and the ready file is a JSON map of them."
        },
        footer = {
            "",
            ProgramOptions.HELP,
            "COMMAND is judged by the scenario and not by its exit status, since most scenarios want it to fail.",
            "{sql} becomes the scenario's statements. A client that is asked for a password and is given none by "
                    + "--password-file or PGPASSWORD takes 'postgres'.",
            "",
            "Examples:",
            "  pgreel serve ssl-junk-byte --listen 127.0.0.1:5433",
            "  pgreel serve length-field-three -- psql -c 'select 1'",
            "  pgreel serve --all --ready-file ports.json --report runs.jsonl"
        })
final class ServeCommand implements Callable<Integer> {

    private static final String USER = "postgres";

    @Parameters(
            paramLabel = "SCENARIO|FILE",
            arity = "0..*",
            description = "Names of the catalogue, scenario files (.yaml) or bare scripts (.pgreel).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--all", description = "Serve the whole catalogue.")
    private boolean all;

    @Option(names = "--once", description = "End when each scenario has a verdict.")
    private boolean once;

    @Option(
            names = "--chunking",
            paramLabel = "HOW",
            converter = ChunkingConverter.class,
            description = "How writes are cut: whole, bytes (one at a time) or seed:N. Default: whole.")
    private Chunking chunking = Chunking.WHOLE;

    @Option(
            names = "--unix",
            paramLabel = "DIR",
            description = "Listens on Unix domain sockets too, named .s.PGSQL.PORT in that directory, as libpq does.")
    private @Nullable Path unix;

    @Mixin
    private ListenOptions listening = new ListenOptions();

    @Mixin
    private CredentialOptions credentials = new CredentialOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private ReportOptions reports = new ReportOptions();

    @Mixin
    private CoverageOptions coverage = new CoverageOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ProgramOptions program = new ProgramOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<String> words = program.command();
        reports.check();
        List<ServedScript> scripts = scripts(words != null);
        var out = new ServerOutput(spec.commandLine().getOut(), output);
        var signal = StopSignal.listening();
        var verdicts = new ServedRuns(scripts, out, reports);
        int status = ExitStatus.INPUT_OUTPUT;
        var services = new Services();
        try {
            services.start(
                    scripts,
                    new Services.Service(
                            listening.listen, unix, chunking, tls, words != null, coverage::around, verdicts::ended));
            int ran = words == null
                    ? untilAsked(services.addresses(), out, signal, verdicts)
                    : run(scripts.get(0), services.addresses(), words, signal, out);
            if (words != null) {
                services.settle();
            }
            services.stop();
            status = Math.max(ran, verdicts.status(words != null));
            verdicts.write(reports);
            coverage.write("serve");
            return status;
        } finally {
            services.stop();
            signal.stopped(status);
        }
    }

    private List<ServedScript> scripts(boolean program) {
        if (all != names.isEmpty()) {
            throw CommandFailedException.usage(
                    "name the scenarios to serve, or give --all; 'pgreel scenarios' lists them");
        }
        List<ServedScript> scripts = (all ? ServedScript.all() : ServedScript.named(names))
                .stream().map(this::configured).toList();
        if (scripts.size() > 1 && listening.listen.port() != 0) {
            throw CommandFailedException.usage("several scenarios need a port each; give --listen HOST:0");
        }
        if (scripts.size() > 1 && program) {
            throw CommandFailedException.usage(
                    "a program runs against one scenario; 'pgreel check' runs it against many");
        }
        return scripts;
    }

    /** What the command line says goes before what the scenario says. */
    private ServedScript configured(ServedScript script) {
        ServerSettings settings = script.settings();
        if (credentials.byCertificate()) {
            throw CommandFailedException.usage(
                    "--auth cert is for 'pgreel replay'; a scenario asks for no certificates");
        }
        boolean chosen = spec.commandLine().getParseResult().hasMatchedOption("--auth");
        var method = chosen ? credentials.auth() : settings.authentication();
        String given = credentials.passwordIfAny(spec.commandLine().getErr());
        return script.with(settings.withAuthentication(method, given.isEmpty() ? settings.password() : given)
                .withTls(settings.tls() || tls.enabled()));
    }

    private int untilAsked(Map<String, HostAndPort> addresses, ServerOutput out, StopSignal signal, ServedRuns verdicts)
            throws InterruptedException {
        addresses.forEach((name, address) -> out.event(
                "listening",
                fields(name, address),
                "listening on " + address + (addresses.size() > 1 ? " for " + name : "")));
        tellReady(addresses);
        CountDownLatch end = once ? verdicts.each() : new CountDownLatch(1);
        signal.whenAsked(() -> {
            while (end.getCount() > 0) {
                end.countDown();
            }
        });
        end.await();
        return ExitStatus.DONE;
    }

    private void tellReady(Map<String, HostAndPort> addresses) {
        if (addresses.size() == 1) {
            listening.tellReady(addresses.values().iterator().next());
            return;
        }
        var map = new LinkedHashMap<String, Object>();
        addresses.forEach((name, address) -> map.put(name, Map.of("host", address.host(), "port", address.port())));
        listening.tellReady(Json.line(map));
    }

    private static Map<String, Object> fields(String name, HostAndPort address) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("host", address.host());
        fields.put("port", address.port());
        fields.put("scenario", name);
        return fields;
    }

    private int run(
            ServedScript script,
            Map<String, HostAndPort> addresses,
            List<String> words,
            StopSignal signal,
            ServerOutput out)
            throws InterruptedException {
        HostAndPort address = addresses.values().iterator().next();
        listening.tellReady(address);
        String user = credentials.user == null ? USER : credentials.user;
        var login = new ProgramRun.Login(user, script.settings().password(), user, script.sslmode());
        int ended = new ProgramRun(address, login).asking(script.sql()).run(words, signal);
        // What the program did is for the scenario to judge: most want it to fail.
        out.event(
                "program",
                Map.of("program", words.get(0), "status", ended),
                words.get(0) + " ended with status " + ended);
        return ExitStatus.DONE;
    }

    /** Reads the words of a chunking. */
    static final class ChunkingConverter implements ITypeConverter<Chunking> {

        @Override
        public Chunking convert(String word) {
            try {
                return Chunking.of(word);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(Failures.what(e));
            }
        }
    }
}
