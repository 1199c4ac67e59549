package org.pgreel.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pgreel.type.TypeCatalogue;
import org.pgreel.type.TypeRegistry;

/**
 * Asks a session's catalogue for types that are not built in: enums, composites, domains, ranges, those of extensions.
 *
 * <p>What comes of it may be shared by all sessions of the same database, until a type is made anew.
 */
public final class TypeLookup {
    private TypeLookup() {}

    /**
     * Finds types by name, with all that they are made of and their arrays, in one round trip.
     *
     * @param session asks the catalogue, in its place among the session's operations
     * @param known what is known before
     * @param names the types' names as SQL spells them, with a schema where the search path does not find them; one that
     *     does not exist is passed over
     * @return a registry that knows them too; or a {@link PgException}
     */
    public static CompletableFuture<TypeRegistry> byName(
            Session session, TypeRegistry known, Collection<String> names) {
        return find(session, known, List.of(), names);
    }

    /**
     * Finds the types of a result's columns that are not known, with all that they are made of.
     *
     * @param session asks the catalogue, in its place among the session's operations
     * @param known what is known before
     * @param result the result
     * @return a registry that knows them too, at once if all are known; or a {@link PgException}
     */
    public static CompletableFuture<TypeRegistry> ofColumns(Session session, TypeRegistry known, QueryResult result) {
        List<Integer> unknown = result.description() == null
                ? List.of()
                : result.description().columns().stream()
                        .map(column -> column.typeOid())
                        .filter(oid -> known.type(oid).isEmpty())
                        .distinct()
                        .toList();
        return unknown.isEmpty() ? CompletableFuture.completedFuture(known) : find(session, known, unknown, List.of());
    }

    private static CompletableFuture<TypeRegistry> find(
            Session session, TypeRegistry known, Collection<Integer> oids, Collection<String> names) {
        List<Parameter> parameters = TypeCatalogue.parameters(oids, names).stream()
                .map(Parameter::text)
                .toList();
        return session.query(TypeCatalogue.SQL, parameters)
                .thenApply(found -> TypeCatalogue.fold(
                        known, found.rows().stream().map(TypeLookup::texts).toList()));
    }

    private static List<@Nullable String> texts(Row row) {
        List<@Nullable String> texts = new ArrayList<>(row.count());
        for (int i = 0; i < row.count(); i++) {
            texts.add(row.text(i));
        }
        return texts;
    }
}
