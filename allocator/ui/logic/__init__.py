"""What the pages do, without drawing: nothing here imports Streamlit."""
