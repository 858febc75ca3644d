// swift-tools-version:5.9
// `cargo xtask uniffi` stages this beside the generated sources and the static library; build and add it from there.
import PackageDescription

let package = Package(
    name: "Daicho",
    platforms: [.iOS(.v15), .macOS(.v12)],
    products: [.library(name: "Daicho", targets: ["Daicho"])],
    targets: [
        .systemLibrary(name: "DaichoFFI"),
        .target(name: "Daicho", dependencies: ["DaichoFFI"], linkerSettings: [.unsafeFlags(["-Llib"]), .linkedLibrary("daicho")]),
    ]
)
