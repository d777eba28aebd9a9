package io.incidentbridge.sandbox.servicenow;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Names, titles and places to make up people from. */
final class SeedNames {

    static final List<String> FIRST = List.of(
            "Ava",
            "Liam",
            "Noah",
            "Emma",
            "Olivia",
            "Mason",
            "Sophia",
            "Lucas",
            "Mia",
            "Ethan",
            "Amelia",
            "Logan",
            "Harper",
            "James",
            "Evelyn",
            "Henry",
            "Abigail",
            "Owen",
            "Ella",
            "Wyatt",
            "Scarlett",
            "Caleb",
            "Grace",
            "Isaac",
            "Chloe",
            "Nathan",
            "Victoria",
            "Aaron",
            "Riley",
            "Julian",
            "Nora",
            "Levi",
            "Hannah",
            "Adrian",
            "Priya",
            "Arjun",
            "Mei",
            "Wei",
            "Aisha",
            "Omar",
            "Fatima",
            "Diego",
            "Camila",
            "Mateo",
            "Łukasz",
            "Zoë",
            "José",
            "Søren",
            "François",
            "Chloé",
            "Jürgen",
            "Małgorzata",
            "Siân",
            "Åsa",
            "İpek",
            "Nuño");
    static final List<String> LAST = List.of(
            "Walker",
            "Bennett",
            "Hughes",
            "Foster",
            "Ramirez",
            "Coleman",
            "Perry",
            "Patterson",
            "Sanders",
            "Price",
            "Barnes",
            "Henderson",
            "Jenkins",
            "Powell",
            "Long",
            "Butler",
            "Simmons",
            "Hayes",
            "Graham",
            "Sullivan",
            "Wallace",
            "Woods",
            "Cole",
            "West",
            "Jordan",
            "Owens",
            "Reynolds",
            "Fisher",
            "Ellis",
            "Gibson",
            "Chen",
            "Patel",
            "Nguyen",
            "Kim",
            "Okafor",
            "Haddad",
            "Kowalski",
            "O'Brien",
            "MacLeod",
            "van Dijk",
            "Ørsted",
            "Núñez",
            "Müller",
            "Wójcik",
            "Şahin",
            "Dvořák",
            "Lindström",
            "Sørensen",
            "Côté",
            "Smith-Jones");
    static final List<String> TITLES = List.of(
            "Account Executive",
            "Financial Analyst",
            "Software Engineer",
            "HR Business Partner",
            "Store Manager",
            "Payroll Specialist",
            "Project Manager",
            "Data Analyst",
            "Field Technician",
            "Legal Counsel",
            "Marketing Coordinator",
            "Warehouse Lead",
            "Procurement Specialist",
            "Nurse Practitioner",
            "Architect");
    static final List<String> DEPARTMENTS = List.of(
            "Customer Support", "Development", "Finance", "HR", "IT", "Legal", "Marketing", "Operations", "Sales");
    static final List<String> LOCATIONS = List.of(
            "100 Market Street, San Francisco CA",
            "450 Lexington Avenue, New York NY",
            "233 South Wacker, Chicago IL",
            "1201 Third Avenue, Seattle WA",
            "500 Boylston Street, Boston MA",
            "1 Finsbury Avenue, London",
            "Maximilianstraße 12, München",
            "12 rue de la Paix, Paris",
            "1 Macquarie Place, Sydney",
            "MG Road 14, Bengaluru",
            "丸の内1-1, 東京");

    private SeedNames() {}

    static String pick(List<String> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** A user name has ASCII letters only, whatever the name has. */
    static String ascii(String name) {
        String letters = name.replace("ł", "l")
                .replace("Ł", "L")
                .replace("ø", "o")
                .replace("Ø", "O")
                .replace("ı", "i")
                .replace("ß", "ss");
        return Normalizer.normalize(letters, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z]", "")
                .toLowerCase(Locale.ROOT);
    }
}
