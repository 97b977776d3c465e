package io.autostack.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autostack.plugin.Component.Container;
import io.autostack.plugin.Component.Container.Endpoint;
import io.autostack.plugin.Component.Container.Replicas;
import io.autostack.plugin.Component.Container.Size;
import io.autostack.plugin.Component.Database;
import io.autostack.plugin.Component.Database.Engine;
import io.autostack.plugin.Component.Database.Placement;
import io.autostack.plugin.Component.Egress;
import io.autostack.plugin.Component.Logs;
import io.autostack.plugin.Component.ObjectStorage;
import io.autostack.plugin.Component.Secret;
import io.autostack.plugin.Parameter.Choice;
import io.autostack.plugin.Parameter.Flag;
import io.autostack.plugin.Parameter.Text;
import io.autostack.plugin.Parameter.WholeNumber;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each record takes at the very edge, and refuses one step further: whatever a template plans is one of these,
/// and nobody looks at it again before it is built.
class RefusedRecordsTest {

    private static final Range QUIET = Range.of("0", "1");
    private static final Size SMALL = Size.of("0.25", "0.5");
    private static final Replicas ONE = new Replicas(1, 1);

    /// Something that is made of a number.
    private record Bounds(String what, Function<Long, Object> make, long min, long max) {

        @Override
        public String toString() {
            return what;
        }
    }

    /// Something that is made of a text.
    private record Words(String what, Function<String, Object> make, int max, boolean maybeEmpty) {

        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Bounds> numbers() {
        return Stream.of(
                new Bounds("storage of a database", gb -> database("db", "18", gb.intValue()), 1, 65_536),
                new Bounds("port", port -> new Endpoint(port.intValue(), "/"), 1, 65_535),
                new Bounds("minimum of replicas", min -> new Replicas(min.intValue(), 1_000), 0, 1_000),
                new Bounds("maximum of replicas", max -> new Replicas(3, max.intValue()), 3, 1_000),
                new Bounds("maximum of replicas without a minimum", max -> new Replicas(0, max.intValue()), 1, 1_000),
                new Bounds("memory", gb -> new Size(BigDecimal.ONE, BigDecimal.valueOf(gb)), 1, 120),
                new Bounds("vCPU", vcpu -> new Size(BigDecimal.valueOf(vcpu), BigDecimal.ONE), 1, 16),
                new Bounds("words of a command", words -> container(Collections.nCopies(words.intValue(), "w")), 0, 50),
                new Bounds("variables", number -> container(variables(number.intValue())), 0, 100),
                new Bounds("fields of a secret", number -> new Secret("s", fields(number.intValue())), 1, 20),
                new Bounds("options", number -> choice(options(number.intValue())), 1, 100),
                new Bounds("longest answer", max -> text("a", 0, max.intValue()), 1, Parameter.MAX_TEXT_LENGTH),
                new Bounds("shortest answer", min -> text("a", min.intValue(), 10), 0, 10),
                new Bounds("parameters", number -> describing("a", "A.", flags(number.intValue()), ""), 0, 50),
                new Bounds("components", number -> new StackPlan(secrets(number.intValue())), 1, 50),
                new Bounds("low", low -> new Range(BigDecimal.valueOf(low), Require.MAX_QUANTITY), 0, 1_000_000_000),
                new Bounds("high", high -> new Range(BigDecimal.TEN, BigDecimal.valueOf(high)), 10, 1_000_000_000));
    }

    private static Stream<Words> texts() {
        return Stream.of(
                new Words("name of a template", text -> template(text, "Shops", "MIT"), 255, false),
                new Words("category", text -> template("Shop", text, "MIT"), 100, false),
                new Words("licence", text -> template("Shop", "Shops", text), 100, false),
                new Words("image", text -> image(text), 300, false),
                new Words("version of a database", text -> database("db", text, 5), 20, false),
                new Words("size class", text -> new Placement.OwnServer(text, true), 40, false),
                new Words("health path", text -> new Endpoint(80, "/" + text), 199, true),
                new Words("value of an option", text -> new Choice.Option(text, "Title"), 100, false),
                new Words("title of an option", text -> new Choice.Option("value", text), 200, false),
                new Words("title of a text", text -> new Text("a", text, "", false, null, 0, 1, "", ""), 100, false),
                new Words("help of a text", text -> new Text("a", "A", text, false, null, 0, 1, "", ""), 1_000, true),
                new Words("hint of a pattern", text -> new Text("a", "A", "", false, null, 0, 1, "", text), 300, true),
                new Words("title of a number", text -> number("a", text, ""), 100, false),
                new Words("unit", text -> number("a", "A", text), 30, true),
                new Words("title of a choice", text -> new Choice("a", text, "", true, null, options(1)), 100, false),
                new Words("title of a flag", text -> new Flag("a", text, "", true), 100, false));
    }

    private static Stream<Function<String, Object>> names() {
        return Stream.of(
                name -> describing(name, "A shop.", List.of(), ""),
                name -> new Value.SecretRef(name, "field"),
                name -> new Value.SecretRef("secret", name),
                name -> new Value.DatabaseUrl(name),
                name -> database(name, "18", 5),
                name -> new Container(name, "nginx", List.of(), SMALL, ONE, null, Map.of()),
                name -> new Secret(name, List.of("field")),
                name -> new Secret("secret", List.of(name)),
                name -> new ObjectStorage(name, QUIET, QUIET),
                name -> new Egress(name, QUIET),
                name -> new Logs(name, QUIET),
                name -> text(name, 0, 1),
                name -> number(name, "A", ""),
                name -> new Choice(name, "A", "", true, null, options(1)),
                name -> new Flag(name, "A", "", false));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void a_number_is_within_its_bounds(Bounds bounds) {
        for (var fine : List.of(bounds.min, bounds.max)) takes(() -> bounds.make.apply(fine));
        for (var beyond : List.of(bounds.min - 1, bounds.max + 1))
            if (beyond >= 0 || !bounds.what.matches("words.*|variables|parameters"))
                refuses(() -> bounds.make.apply(beyond));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_as_long_as_it_may_be_and_can_be_read(Words words) {
        takes(() -> words.make.apply("x".repeat(words.max)));
        refuses(() -> words.make.apply("x".repeat(words.max + 1)));
        for (var unreadable : List.of("a\nb", "a\0b", "a\u202Eb", "a\uD800b"))
            refuses(() -> words.make.apply(unreadable));
        if (words.maybeEmpty) takes(() -> words.make.apply(""));
        else for (var empty : List.of("", " ")) refuses(() -> words.make.apply(empty));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_is_made_of_small_letters_digits_and_hyphens(Function<String, Object> named) {
        for (var fine : List.of("a", "a-1", "x".repeat(40))) takes(() -> named.apply(fine));
        for (var bad : List.of("", "1a", "-a", "A", "a_b", "a b", "x".repeat(41), "ä")) refuses(() -> named.apply(bad));
    }

    @Test
    void words_of_a_command_are_whatever_a_program_can_be_given() {
        takes(() -> container(List.of("--text=a\nb\tc \u202E", "x".repeat(2_000))));
        for (var word : List.of("x".repeat(2_001), "a\0b", "half \uD800")) refuses(() -> container(List.of(word)));
    }

    @Test
    void a_literal_is_whatever_a_variable_can_hold() {
        takes(() -> new Value.Literal("a\nb" + "x".repeat(19_997)));
        for (var text : List.of("x".repeat(20_001), "a\0b", "half \uD800")) refuses(() -> new Value.Literal(text));
    }

    @Test
    void a_variable_has_a_value() {
        var nothing = new HashMap<String, Value>();
        nothing.put("A", null);
        assertThatThrownBy(() -> container(nothing)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void a_description_has_at_most_ten_thousand_characters() {
        takes(() -> describing("a", "x".repeat(10_000), List.of(), ""));
        refuses(() -> describing("a", "x".repeat(10_001), List.of(), ""));
        refuses(() -> describing("a", "\n", List.of(), ""));
    }

    @Test
    void a_repository_is_at_a_host_and_names_no_user() {
        takes(() -> describing("a", "A.", List.of(), "https://git.example.com/shop.git"));
        for (var address : List.of(
                "http://git.example.com",
                "https:shop.git",
                "https://me@git.example.com/shop.git",
                "https://git.example.com/" + "x".repeat(500))) refuses(() -> describing("a", "A.", List.of(), address));
    }

    @Test
    void a_databases_credentials_are_a_name_and_a_password() {
        takes(() -> StackPlan.of(database("db", "18", 5), new Secret("credentials", List.of("username", "password"))));
        for (var missing : List.of("username", "password"))
            refuses(() -> StackPlan.of(database("db", "18", 5), new Secret("credentials", List.of(missing))));
        refuses(() -> StackPlan.of(database("db", "18", 5), new Logs("credentials", QUIET)));
    }

    @Test
    void every_permission_says_what_it_allows() {
        assertThat(Permission.values())
                .allSatisfy(permission -> assertThat(permission.title()).isNotBlank());
    }

    @Test
    void variables_are_names_that_a_shell_takes() {
        for (var name : List.of("A", "_a1", "x".repeat(100)))
            takes(() -> container(Map.of(name, new Value.Literal("v"))));
        for (var name : List.of("", "1A", "A-B", "A B", "x".repeat(101)))
            refuses(() -> container(Map.of(name, new Value.Literal("v"))));
    }

    @Test
    void a_health_path_begins_with_a_slash() {
        takes(() -> new Endpoint(80, "/healthz"));
        for (var path : List.of("", "healthz", "http://x/")) refuses(() -> new Endpoint(80, path));
    }

    @Test
    void quarters_of_a_processor_are_the_least() {
        takes(() -> Size.of("0.25", "0.25"));
        refuses(() -> Size.of("0.24", "1"));
        refuses(() -> Size.of("1", "0.24"));
    }

    @Test
    void a_quantity_has_at_most_nine_decimal_places() {
        takes(() -> Range.of("0.000000001", "1"));
        refuses(() -> Range.of("0.0000000001", "1"));
        refuses(() -> new Range(BigDecimal.ZERO, new BigDecimal("1E+10")));
    }

    @Test
    void an_initial_answer_is_one_that_would_be_taken() {
        takes(() -> new Text("a", "A", "", true, "abc", 3, 3, "[a-c]+", ""));
        for (var initial : List.of("ab", "abcd", "abd"))
            refuses(() -> new Text("a", "A", "", true, initial, 3, 3, "[a-c]+", ""));
        takes(() -> new WholeNumber("a", "A", "", true, 5L, 5, 5, ""));
        for (var initial : List.of(4L, 6L)) refuses(() -> new WholeNumber("a", "A", "", true, initial, 5, 5, ""));
        takes(() -> new Choice("a", "A", "", true, "v1", options(2)));
        refuses(() -> new Choice("a", "A", "", true, "v3", options(2)));
    }

    @Test
    void an_initial_answer_is_told() {
        assertThat(new Text("a", "A", "", true, "abc", 0, 5, "", "").initialText())
                .hasValue("abc");
        assertThat(text("a", 0, 5).initialText()).isEmpty();
        assertThat(new WholeNumber("a", "A", "", true, 5L, 1, 9, "").initialText())
                .hasValue("5");
        assertThat(number("a", "A", "").initialText()).isEmpty();
        assertThat(new Choice("a", "A", "", true, "v2", options(2)).initialText())
                .hasValue("v2");
        assertThat(new Flag("a", "A", "", true).initialText()).hasValue("true");
        assertThat(new Flag("a", "A", "", true).required()).isFalse();
    }

    @Test
    void an_answer_is_objected_to_just_beyond_the_edge() {
        var word = new Text("a", "A", "", true, null, 2, 3, "", "");
        assertThat(Stream.of("ab", "abc").map(word::objection)).allMatch(Optional::isEmpty);
        assertThat(word.objection("a")).hasValue("Must have at least 2 characters.");
        assertThat(word.objection("abcd")).hasValue("Must have at most 3 characters.");
        assertThat(word.objection("a\nb")).hasValue("Must be one line without control characters.");
        assertThat(new Text("a", "A", "", true, null, 1, 1, "", "").objection(""))
                .hasValue("Must have at least 1 character.");
        var digits = new Text("a", "A", "", true, null, 0, 9, "[0-9]+", "Digits only.");
        assertThat(digits.objection("12")).isEmpty();
        assertThat(digits.objection("1x")).hasValue("Digits only.");
        var number = new WholeNumber("a", "A", "", true, null, -1, 3, "");
        assertThat(Stream.of("-1", "3").map(number::objection)).allMatch(Optional::isEmpty);
        for (var beyond : List.of("-2", "4"))
            assertThat(number.objection(beyond)).hasValue("Must be between -1 and 3.");
        for (var none : List.of("", "1.0", "x", "1".repeat(19)))
            assertThat(number.objection(none)).hasValue("Must be a whole number.");
        var flag = new Flag("a", "A", "", true);
        assertThat(Stream.of("true", "false").map(flag::objection)).allMatch(Optional::isEmpty);
        assertThat(flag.objection("yes")).hasValue("Must be true or false.");
        assertThat(choice(options(2)).objection("v3")).hasValue("Must be one of: v1, v2.");
    }

    @Test
    void what_is_wrong_with_a_field_is_said_briefly() {
        takes(() -> new FieldMessage("x".repeat(100), "y".repeat(1_000)));
        refuses(() -> new FieldMessage("x".repeat(101), "y"));
        refuses(() -> new FieldMessage("x", "y".repeat(1_001)));
    }

    @Test
    void two_of_a_name_are_refused() {
        refuses(() ->
                choice(Stream.of(options(1), options(1)).flatMap(List::stream).toList()));
        refuses(() -> new WholeNumber("a", "A", "", true, null, 2, 1, ""));
    }

    private static void takes(ThrowingCallable made) {
        assertThatCode(made).doesNotThrowAnyException();
    }

    private static void refuses(ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class);
    }

    private static Database database(String name, String version, int storageGb) {
        return new Database(name, Engine.POSTGRESQL, version, new Placement.TenantServer(), storageGb, "credentials");
    }

    private static Container container(List<String> command) {
        return new Container("web", "nginx", command, SMALL, ONE, null, Map.of());
    }

    private static Container container(Map<String, Value> environment) {
        return new Container("web", "nginx", List.of(), SMALL, ONE, null, environment);
    }

    private static Container image(String image) {
        return new Container("web", image, List.of(), SMALL, ONE, null, Map.of());
    }

    private static TemplateDescription template(String name, String category, String licence) {
        return new TemplateDescription("a", name, "A shop.", "A shop.", category, List.of(), "", licence, Set.of());
    }

    private static TemplateDescription describing(
            String id, String description, List<Parameter> parameters, String repository) {
        return new TemplateDescription(
                id, "Shop", "A shop.", description, "Shops", parameters, repository, "MIT", Set.of());
    }

    private static List<Parameter> flags(int number) {
        return IntStream.range(0, number)
                .<Parameter>mapToObj(each -> new Flag("f" + each, "Flag", "", false))
                .toList();
    }

    private static Text text(String name, int minLength, int maxLength) {
        return new Text(name, "A", "", false, null, minLength, maxLength, "", "");
    }

    private static WholeNumber number(String name, String title, String unit) {
        return new WholeNumber(name, title, "", false, null, 0, 9, unit);
    }

    private static Choice choice(List<Choice.Option> options) {
        return new Choice("a", "A", "", true, null, options);
    }

    private static List<Choice.Option> options(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(each -> new Choice.Option("v" + each, "Value " + each))
                .toList();
    }

    private static Map<String, Value> variables(int number) {
        return LongStream.range(0, number)
                .boxed()
                .collect(Collectors.toMap(each -> "V" + each, each -> new Value.Literal("v")));
    }

    private static List<String> fields(int number) {
        return IntStream.range(0, number).mapToObj(each -> "f" + each).toList();
    }

    private static List<Component> secrets(int number) {
        return IntStream.range(0, number)
                .<Component>mapToObj(each -> new Secret("s" + each, List.of("field")))
                .toList();
    }
}
