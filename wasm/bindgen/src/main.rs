//! `gongwen-wasm-bindgen MODULE.wasm OUTDIR NAME`

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [module, out, name] = args.as_slice() else {
        return Err("usage: gongwen-wasm-bindgen MODULE.wasm OUTDIR NAME".into());
    };
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .out_name(name)
        .typescript(false)
        .reset_state_function(true)
        .omit_default_module_path(true)
        .web(true)?
        .generate(out)?;
    Ok(())
}
