import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/// Says how many changes of pure code a test noticed, module by module, and names those that nobody noticed and nobody
/// explained. What survives for a reason stands in a module's `src/test/survivors.txt`, a line for each place:
///
/// `Class.method | how many | why no test can notice, or which one does that is not asked here`
///
/// `Class.*` are all methods of a class. More survivors than explained are to do, and end this with 1; fewer are said.
///
/// Arguments: folders of modules with PIT's report in `target/pit-reports/mutations.xml`.
class Mutations {

    /// @param place class and method, without the line, which moves
    private record Mutation(String place, boolean noticed, String what) {

        static Mutation of(Element mutation) {
            var type = text(mutation, "mutatedClass");
            var untried = mutation.getAttribute("status").equals("NO_COVERAGE") ? ", which no test runs" : "";
            return new Mutation(
                    type.substring(type.lastIndexOf('.') + 1) + "." + text(mutation, "mutatedMethod"),
                    Boolean.parseBoolean(mutation.getAttribute("detected")),
                    text(mutation, "sourceFile") + ":" + text(mutation, "lineNumber") + " "
                            + text(mutation, "description") + untried);
        }

        private static String text(Element mutation, String name) {
            return mutation.getElementsByTagName(name).item(0).getTextContent();
        }
    }

    private record Explanation(String place, int survivors, String reason) {

        static Explanation of(String line) {
            var parts = line.split("\\s*\\|\\s*", 3);
            if (parts.length < 3 || parts[2].isBlank()) throw new IllegalArgumentException("no reason in: " + line);
            return new Explanation(parts[0], Integer.parseInt(parts[1]), parts[2]);
        }

        boolean isAbout(Mutation mutation) {
            return place.endsWith("*")
                    ? mutation.place.startsWith(place.substring(0, place.length() - 1))
                    : mutation.place.equals(place);
        }
    }

    public static void main(String[] modules) throws Exception {
        int noticed = 0;
        int all = 0;
        int toDo = 0;
        for (var module : modules) {
            var mutations = read(Path.of(module, "target/pit-reports/mutations.xml"));
            var survivors = new ArrayList<>(mutations);
            survivors.removeIf(Mutation::noticed);
            int count = mutations.size() - survivors.size();
            say("%s: %s", module, score(count, mutations.size()));
            toDo += unexplained(survivors, explanations(Path.of(module, "src/test/survivors.txt")));
            noticed += count;
            all += mutations.size();
        }
        say("MUTATIONS: %s; %d survivors need a test or an explanation", score(noticed, all), toDo);
        System.exit(toDo == 0 ? 0 : 1);
    }

    /// @return how many
    private static int unexplained(List<Mutation> survivors, List<Explanation> explanations) {
        int toDo = 0;
        for (var explanation : explanations) {
            var those = survivors.stream().filter(explanation::isAbout).toList();
            survivors.removeAll(those);
            int more = those.size() - explanation.survivors;
            if (more == 0) continue;
            say("  %s: %d are explained, and %d survived", explanation.place, explanation.survivors, those.size());
            if (more < 0) continue;
            toDo += more;
            those.forEach(Mutations::tell);
        }
        survivors.forEach(Mutations::tell);
        return toDo + survivors.size();
    }

    private static void tell(Mutation survivor) {
        say("  nobody noticed: %s, %s", survivor.place, survivor.what);
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static List<Mutation> read(Path report) throws Exception {
        var document = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(report.toFile());
        var found = document.getElementsByTagName("mutation");
        var mutations = new ArrayList<Mutation>();
        for (int each = 0; each < found.getLength(); each++) mutations.add(Mutation.of((Element) found.item(each)));
        return mutations;
    }

    private static List<Explanation> explanations(Path file) throws IOException {
        if (!Files.exists(file)) return List.of();
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Explanation::of)
                .toList();
    }

    private static String score(int noticed, int all) {
        return noticed + " of " + all + " changes were noticed (" + 100L * noticed / Math.max(1, all) + " %)";
    }
}
