package org.pgreel.benchmarks.clients;

import java.util.List;
import org.pgreel.benchmarks.peer.Workload;

/**
 * One line of the report: a client with certain settings.
 *
 * @param name its name
 * @param module the Maven module whose class path it runs on
 * @param mainClass what runs
 * @param arguments what it is told
 * @param kind what it stands for
 * @param settings its settings, for the reader of the report
 */
record Contender(String name, String module, String mainClass, List<String> arguments, Kind kind, String settings) {

    /** The one that the others are compared with. */
    static final String PGREEL = "PgReel";

    enum Kind {
        OURS,
        OURS_RECORDED,
        OURS_MERGED,
        PEER,
        PEER_MERGED,
        CEILING
    }

    private static final String PGREEL_MAIN = "org.pgreel.benchmarks.pgreel.PgReelPeer";
    private static final String PGJDBC_MAIN = "org.pgreel.benchmarks.pgjdbc.PgjdbcPeer";

    /** Returns all, in the order of the report. */
    static List<Contender> all() {
        return List.of(
                new Contender(
                        PGREEL,
                        "benchmarks",
                        PGREEL_MAIN,
                        List.of(),
                        Kind.OURS,
                        "epoll, one event loop, statement cache, binary, depth 256"),
                new Contender(
                        "PgReel+memory",
                        "benchmarks",
                        PGREEL_MAIN,
                        List.of("memory"),
                        Kind.OURS_RECORDED,
                        "the same, recorded to a ring in memory"),
                new Contender(
                        "PgReel+chronicle",
                        "benchmarks",
                        PGREEL_MAIN,
                        List.of("chronicle"),
                        Kind.OURS_RECORDED,
                        "the same, recorded to a Chronicle Queue journal"),
                new Contender(
                        "pgjdbc",
                        "benchmarks/pgjdbc",
                        PGJDBC_MAIN,
                        List.of(),
                        Kind.PEER,
                        "prepareThreshold=1, binary, fetch size only in W3s"),
                new Contender(
                        "pgjdbc+rewrite",
                        "benchmarks/pgjdbc",
                        PGJDBC_MAIN,
                        List.of("rewrite"),
                        Kind.PEER_MERGED,
                        "the same with reWriteBatchedInserts=true, W4 only"),
                new Contender(
                        "vertx-pg-client",
                        "benchmarks/vertx",
                        "org.pgreel.benchmarks.vertx.VertxPeer",
                        List.of(),
                        Kind.PEER,
                        "epoll, one event loop, cachePreparedStatements, pipelining limit 256"),
                new Contender(
                        "r2dbc-postgresql",
                        "benchmarks/r2dbc",
                        "org.pgreel.benchmarks.r2dbc.R2dbcPeer",
                        List.of(),
                        Kind.PEER,
                        "epoll, one event loop, forceBinary, unbounded statement cache, no detection of extensions"),
                new Contender(
                        "zero work",
                        "benchmarks",
                        "org.pgreel.benchmarks.zero.ZeroWorkPeer",
                        List.of(),
                        Kind.CEILING,
                        "a blocking socket, bytes made once, rows not read"),
                new Contender(
                        "PgReel+arrays",
                        "benchmarks",
                        PGREEL_MAIN,
                        List.of("arrays"),
                        Kind.OURS_MERGED,
                        "INSERT … SELECT FROM unnest of arrays, W4 only"));
    }

    /** Tells whether it has anything to say about a workload at a site. */
    boolean takesPart(Workload workload, Site site) {
        return !merges() || (workload == Workload.W4 && site == Site.POSTGRES);
    }

    /** Tells whether it makes one statement of many. */
    private boolean merges() {
        return kind == Kind.OURS_MERGED || kind == Kind.PEER_MERGED;
    }

    /** Tells whether it reads what comes, so that its checksum must agree. */
    boolean reads() {
        return kind != Kind.CEILING;
    }

    @Override
    public String toString() {
        return name;
    }
}
